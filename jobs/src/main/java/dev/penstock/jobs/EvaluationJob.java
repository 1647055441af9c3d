package dev.penstock.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.OperatorUids;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.jobs.io.KafkaStreams;
import dev.penstock.jobs.pipeline.EvaluationPipeline;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.Topics;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Evaluates the composite models of pipelines over one scan of a sample log, test-then-train. */
@Command(
    name = "EvaluationJob",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Scores each labelled sample with the model that was active when it was written,"
            + " and writes metrics and baselines slice by slice. Needs DJL in the cluster's lib"
            + " folder.")
public final class EvaluationJob implements JobMain.Job {

  @Mixin private final SpecArguments specs = new SpecArguments();
  @Mixin private final JobOptions options = new JobOptions();

  public static void main(String[] args) throws Exception {
    JobMain.run(new EvaluationJob(), args);
  }

  @Override
  public void submit() throws Exception {
    DatasetSpec dataset = specs.dataset();
    List<PipelineSpec> pipelines = specs.pipelines(dataset);
    Topics topics = options.kafka().topics();
    String job = topics.prefix() + "penstock-" + dataset.name() + "-evaluation";
    StreamExecutionEnvironment env = options.environment(job);
    int partitions;
    try (TopicAdmin admin = new TopicAdmin(options.kafka().settings())) {
      partitions = JobMain.partitions(admin, dataset);
      admin.ensure(topics.modelVersions(), 1);
      admin.ensure(topics.evaluations(), 1);
    }
    KafkaStreams streams = new KafkaStreams(options.kafka().settings(), job);
    DataStream<RawRecord> records =
        streams.samples(env, dataset.topic(), options.from(), options.until());
    new EvaluationPipeline(
            Dataset.of(dataset), Pipelines.of(pipelines), partitions, options.models())
        .attach(records)
        .sinkTo(
            streams.sink(
                Evaluation.class,
                topics.evaluations(),
                evaluation -> evaluation.getPipeline().getBytes(UTF_8)))
        .uid(OperatorUids.EVALUATION_SINK)
        .name("Evaluations: " + topics.evaluations())
        .setParallelism(1);
    JobMain.execute(env, job, pipelines);
  }
}
