package dev.penstock.jobs.benchmark;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.flink.observation.ModelVersionFeed;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.source.RawRecordSerializer;
import dev.penstock.jobs.io.KafkaModelVersionFeed;
import dev.penstock.jobs.io.KafkaPredictionFeed;
import dev.penstock.jobs.io.KafkaStreams;
import dev.penstock.jobs.io.KafkaStreams.From;
import dev.penstock.jobs.io.KafkaStreams.Until;
import dev.penstock.jobs.pipeline.ContinuousTrainingPipeline;
import dev.penstock.jobs.pipeline.ContinuousTrainingPipeline.Sinks;
import dev.penstock.jobs.pipeline.JobDefaults;
import dev.penstock.jobs.pipeline.TrainingTopics;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The graphs that are compared, over the same log.
 *
 * @param options of the benchmark
 * @param log that is scanned
 */
record ScanJobs(ScanOptions options, ScanLog log) {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

  /** Makes the topics and fills the log. */
  void prepare() throws ExecutionException, InterruptedException {
    try (TopicAdmin admin = new TopicAdmin(options.kafka())) {
      admin.ensure(log.dataset().topic(), options.partitions());
      admin.ensure(topics().decisions(), 1);
      admin.ensure(topics().trainingTasks(), 1);
      admin.ensure(topics().quarantine(), 1);
    }
    log.fill(options.kafka().clientProperties());
  }

  /** Topics that a run of the continuous training writes to. */
  Topics topics() {
    return new Topics(log.name() + "-");
  }

  String group(String run) {
    return log.name() + "-" + run;
  }

  /** Reads headers, discards. */
  JobGraph noOp() {
    StreamExecutionEnvironment env = environment("no-op");
    DataStream<RawRecord> none =
        records(env, "no-op", Until.NOW)
            .transform("No-op", RawRecordSerializer.TYPE, new NoOpOperator())
            .uid(NoOpOperator.UID);
    ended(none, "records").sinkTo(new DiscardingSink<>()).uid("benchmark-sink").name("Sink");
    return env.getStreamGraph().getJobGraph();
  }

  /** Continuous training, with all its sinks. */
  JobGraph training(String run, Until until, List<String> pipelines) {
    StreamExecutionEnvironment env = environment(run);
    Sinks sinks = new TrainingTopics(streams(run), topics()).sinks();
    Path artifacts = options.directory().resolve("artifacts");
    Dataset dataset = Dataset.of(log.dataset());
    List<PipelineSpec> specs =
        pipelines.stream().map(text -> SpecReader.parsePipeline("benchmark", text)).toList();
    new ContinuousTrainingPipeline(
            dataset,
            Pipelines.of(specs),
            log.partitions(),
            new ModelSource(
                artifacts.toUri(),
                versions(),
                KafkaPredictionFeed.of(options.kafka()),
                Duration.ZERO),
            Integer.MAX_VALUE)
        .attach(
            records(env, run, until),
            new Sinks(
                decisions -> sinks.decisions().accept(ended(decisions, "decisions")),
                tasks -> sinks.tasks().accept(ended(tasks, "tasks")),
                sinks.quarantined()));
    return env.getStreamGraph().getJobGraph();
  }

  private StreamExecutionEnvironment environment(String run) {
    Configuration config = JobDefaults.configuration(group(run));
    config.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        options.directory().resolve("checkpoints").toUri().toString());
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    config.set(CoreOptions.DEFAULT_PARALLELISM, options.parallelism());
    return StreamExecutionEnvironment.getExecutionEnvironment(config);
  }

  private ModelVersionFeed.Factory versions() {
    return KafkaModelVersionFeed.of(options.kafka(), topics().modelVersions());
  }

  private KafkaStreams streams(String run) {
    return new KafkaStreams(options.kafka(), group(run));
  }

  private DataStream<RawRecord> records(StreamExecutionEnvironment env, String run, Until until) {
    return streams(run)
        .samples(env, log.dataset().topic(), From.EARLIEST, until)
        .transform("First record", RawRecordSerializer.TYPE, new FirstRecordOperator())
        .uid(FirstRecordOperator.UID);
  }

  private static <T> DataStream<T> ended(DataStream<T> stream, String name) {
    return stream
        .transform("End of " + name, stream.getType(), new EndOperator<T>())
        .uid("benchmark-end-of-" + name)
        .setParallelism(stream.getParallelism());
  }
}
