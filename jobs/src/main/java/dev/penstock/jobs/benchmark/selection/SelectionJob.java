package dev.penstock.jobs.benchmark.selection;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.jobs.pipeline.ContinuousTrainingPipeline;
import dev.penstock.jobs.pipeline.JobDefaults;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The graph from blocks to tasks, over blocks that are made up. */
final class SelectionJob {

  static final int CLASSES = 10;

  /** Checkpoints are taken when they are asked for. */
  private static final Duration NEVER = Duration.ofDays(1);

  private static final String DATASET =
      """
      kind: dataset
      name: benchmark
      payload: {type: tensor, dtype: float32, shape: [2]}
      label: {type: classes, names: [%s]}
      """
          .formatted(
              IntStream.range(0, CLASSES).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));

  private SelectionJob() {}

  static JobGraph of(String run, String pipeline, int partitions, Path directory) {
    Configuration config = JobDefaults.configuration(run);
    config.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
    config.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    PipelineSpec spec = SpecReader.parsePipeline("benchmark", pipeline);
    Pipelines pipelines = Pipelines.of(List.of(spec));
    DataStream<SampleBlock> blocks =
        env.fromSource(
                new GatedSource(run), WatermarkStrategy.noWatermarks(), "Numbers: as allowed")
            .uid("benchmark-numbers")
            .map(new SyntheticBlocks(run, partitions, CLASSES, pipelines.columns()))
            .returns(SampleBlockSerializer.TYPE)
            .uid("benchmark-blocks");
    new ContinuousTrainingPipeline(
            Dataset.of(SpecReader.parseDataset("benchmark", DATASET).complete()),
            pipelines,
            partitions,
            noModels(directory.resolve("artifacts").toUri()),
            Integer.MAX_VALUE)
        .attach(
            blocks,
            decisions -> end(decisions, "decisions", decided(run)),
            tasks -> end(tasks, "tasks", assembled(run)));
    return env.getStreamGraph().getJobGraph();
  }

  private static FilterFunction<Decision> decided(String run) {
    return decision -> {
      if (decision.getOutcome() == Outcome.FIRED) {
        BenchmarkRun.of(run).decided(decision.getNumber());
      }
      return false;
    };
  }

  private static FilterFunction<TrainingTask> assembled(String run) {
    return task -> {
      BenchmarkRun.of(run).assembled(task.getDecisionNumber());
      return false;
    };
  }

  private static <T> void end(DataStream<T> stream, String name, FilterFunction<T> note) {
    stream
        .filter(note)
        .uid("benchmark-end-of-" + name)
        .sinkTo(new DiscardingSink<>())
        .uid("benchmark-sink-of-" + name);
  }

  /** Policies that look at places, times and classes ask for no model. */
  private static ModelSource noModels(URI artifacts) {
    return new ModelSource(
        artifacts,
        () -> {
          throw new IllegalStateException("No policy looks at models");
        },
        topic -> {
          throw new IllegalStateException("No policy looks at predictions of " + topic);
        },
        Duration.ZERO);
  }
}
