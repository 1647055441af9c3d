package dev.penstock.jobs.benchmark;

import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** Checkpoints that a benchmark asks for. */
public final class Checkpoints {

  private Checkpoints() {}

  /**
   * Takes a checkpoint of a job and waits for it.
   *
   * @throws IllegalStateException if the job has none
   */
  public static CompletedCheckpointStats take(MiniCluster cluster, JobID job)
      throws ExecutionException, InterruptedException {
    cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
    CompletedCheckpointStats stats =
        cluster
            .getExecutionGraph(job)
            .get()
            .getCheckpointStatsSnapshot()
            .getHistory()
            .getLatestCompletedCheckpoint();
    if (stats == null) {
      throw new IllegalStateException("No checkpoint of job " + job);
    }
    return stats;
  }
}
