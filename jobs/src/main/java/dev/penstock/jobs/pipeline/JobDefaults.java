package dev.penstock.jobs.pipeline;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.rocksdb.CompactionStyle;

/** What every job sets, so that a forgotten uid or a type without serializer fails it. */
public final class JobDefaults {

  /** A multiple of many parallelisms; fixed for all time, since state is cut by it. */
  private static final int MAX_PARALLELISM = 720;

  private JobDefaults() {}

  /** The configuration of the job of that name, to which the caller may add. */
  public static Configuration configuration(String job) {
    Configuration config = new Configuration();
    config.set(PipelineOptions.NAME, job);
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    config.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    config.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    config.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // By levels, every fourth checkpoint or so would carry all state again: a partition's new
    // chunks lie between old ones of others, and all files that they overlap are rewritten.
    config.set(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.UNIVERSAL);
    config.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    config.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return config;
  }
}
