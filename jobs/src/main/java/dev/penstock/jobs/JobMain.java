package dev.penstock.jobs;

import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs a job's main. It must not end the JVM, which in application mode is the JobManager: what
 * goes wrong is thrown.
 */
final class JobMain {

  private JobMain() {}

  /** A job with its arguments. */
  interface Job {

    /** Builds the job's graph and submits it. */
    void submit() throws Exception;
  }

  static void run(Job job, String... args) throws Exception {
    CommandLine command = new CommandLine(job);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      if (CommandLine.printHelpIfRequested(command.parseArgs(KafkaOptions.normalize(args)))) {
        return;
      }
    } catch (ParameterException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "\n" + e.getCommandLine().getUsageMessage(), e);
    }
    job.submit();
  }

  /** Number of partitions of a dataset's topic, which must be there before its job. */
  static int partitions(TopicAdmin admin, DatasetSpec dataset) throws InterruptedException {
    return admin
        .partitions(dataset.topic())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "topic "
                        + dataset.topic()
                        + " must exist before the job starts; create it, or let `penstock produce`"
                        + " do it"));
  }

  /** Demands the topics of serving systems before their predictions are waited for. */
  static void requirePredictions(TopicAdmin admin, List<PipelineSpec> pipelines)
      throws InterruptedException {
    for (PipelineSpec pipeline : pipelines) {
      if (pipeline.predictions().isPresent()) {
        String topic = pipeline.predictions().get().topic();
        if (admin.partitions(topic).isEmpty()) {
          throw new IllegalStateException(
              "topic "
                  + topic
                  + " must exist before the job starts: pipeline "
                  + pipeline.name()
                  + " takes its predictions from it");
        }
      }
    }
  }

  /** Submits a graph under the names of its job and pipelines. */
  static void execute(StreamExecutionEnvironment env, String job, List<PipelineSpec> pipelines)
      throws Exception {
    env.execute(
        job + ": " + pipelines.stream().map(PipelineSpec::name).collect(Collectors.joining(", ")));
  }
}
