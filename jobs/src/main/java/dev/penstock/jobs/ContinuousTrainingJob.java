package dev.penstock.jobs;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.jobs.io.KafkaStreams;
import dev.penstock.jobs.pipeline.ContinuousTrainingPipeline;
import dev.penstock.jobs.pipeline.TrainingTopics;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.Topics;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides, for all given pipelines over one scan of a sample log, when to train and on what. */
@Command(
    name = "ContinuousTrainingJob",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Decides when to train and on which samples, for pipelines over one sample log.")
public final class ContinuousTrainingJob implements JobMain.Job {

  /** Below Kafka's default limit of a message, 1 MB, with room for the rest of the task. */
  private static final int INLINE_BYTES = 900_000;

  @Mixin private final SpecArguments specs = new SpecArguments();
  @Mixin private final JobOptions options = new JobOptions();

  @Option(
      names = "--task-partitions",
      defaultValue = "8",
      description = "partitions of the task topic if it is created: as many workers can share it")
  private int taskPartitions;

  @Option(
      names = "--inline-bytes",
      defaultValue = "" + INLINE_BYTES,
      description = "training sets up to so many bytes go into the task, others to the artifacts")
  private int inlineBytes;

  public static void main(String[] args) throws Exception {
    JobMain.run(new ContinuousTrainingJob(), args);
  }

  @Override
  public void submit() throws Exception {
    DatasetSpec dataset = specs.dataset();
    List<PipelineSpec> pipelines = specs.pipelines(dataset);
    String job = options.kafka().topics().prefix() + "penstock-" + dataset.name();
    StreamExecutionEnvironment env = options.environment(job);
    build(env, job, dataset, pipelines);
    JobMain.execute(env, job, pipelines);
  }

  private void build(
      StreamExecutionEnvironment env, String job, DatasetSpec dataset, List<PipelineSpec> pipelines)
      throws InterruptedException {
    Topics topics = options.kafka().topics();
    KafkaStreams streams = new KafkaStreams(options.kafka().settings(), job);
    int partitions;
    try (TopicAdmin admin = new TopicAdmin(options.kafka().settings())) {
      partitions = JobMain.partitions(admin, dataset);
      JobMain.requirePredictions(admin, pipelines);
      admin.ensure(topics.decisions(), 1);
      admin.ensure(topics.quarantine(), 1);
      admin.ensure(topics.trainingTasks(), taskPartitions);
      admin.ensure(topics.modelVersions(), 1);
    }
    DataStream<RawRecord> records =
        streams.samples(env, dataset.topic(), options.from(), options.until());
    new ContinuousTrainingPipeline(
            Dataset.of(dataset), Pipelines.of(pipelines), partitions, options.models(), inlineBytes)
        .attach(records, new TrainingTopics(streams, topics).sinks());
  }
}
