package dev.penstock.cli.cluster;

import dev.penstock.cli.process.Distribution;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Submits the jobs to a Flink cluster, as a user would.
 *
 * @param kafka how the jobs reach Kafka
 * @param topics names of the topics
 * @param artifacts store of training sets and models
 * @param dataset YAML
 * @param pipelines YAML
 * @param extra further arguments of both jobs
 */
public record JobSubmission(
    KafkaSettings kafka,
    Topics topics,
    URI artifacts,
    String dataset,
    List<String> pipelines,
    List<String> extra) {

  /** Which job. */
  public enum Job {
    TRAINING("dev.penstock.jobs.ContinuousTrainingJob"),
    EVALUATION("dev.penstock.jobs.EvaluationJob");

    private final String main;

    Job(String main) {
      this.main = main;
    }
  }

  /** Uploads the jar. */
  public static String upload(FlinkRest flink, Distribution distribution)
      throws IOException, InterruptedException {
    return flink.upload(distribution.jobsJar());
  }

  /** Runs a job of the uploaded jar and returns its id. */
  public String submit(FlinkRest flink, String jarId, Job job)
      throws IOException, InterruptedException {
    return submit(flink, jarId, job, Optional.empty());
  }

  /** Runs a job from a checkpoint, if there is one, and returns its id. */
  public String submit(FlinkRest flink, String jarId, Job job, Optional<URI> checkpoint)
      throws IOException, InterruptedException {
    return flink.run(jarId, job.main, arguments(), checkpoint);
  }

  private List<String> arguments() {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
    kafka.properties().forEach((key, value) -> args.add("--kafka." + key + "=" + value));
    args.addAll(List.of("--topic-prefix", topics.prefix()));
    args.addAll(List.of("--artifacts", artifacts.toString()));
    args.addAll(List.of("--dataset", inline(dataset)));
    for (String pipeline : pipelines) {
      args.addAll(List.of("--pipeline", inline(pipeline)));
    }
    args.addAll(extra);
    return args;
  }

  /** The cluster does not see the files of this machine. */
  private static String inline(String text) {
    return "base64:" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
