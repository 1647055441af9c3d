package dev.penstock.jobs;

import dev.penstock.flink.observation.ModelSource;
import dev.penstock.jobs.io.KafkaModelVersionFeed;
import dev.penstock.jobs.io.KafkaPredictionFeed;
import dev.penstock.jobs.io.KafkaStreams.From;
import dev.penstock.jobs.io.KafkaStreams.Until;
import dev.penstock.jobs.pipeline.JobDefaults;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.schemas.topic.KafkaSettings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of every job. Everything else is Flink's own configuration. */
final class JobOptions {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--artifacts",
      required = true,
      paramLabel = "URI",
      description = "store of training sets and models, such as file:///var/lib/penstock/artifacts")
  private URI artifacts = URI.create("file:///");

  @Option(
      names = "--checkpoints",
      paramLabel = "URI",
      description = "where checkpoints go (default: Flink's execution.checkpointing.dir)")
  private Optional<URI> checkpoints = Optional.empty();

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "ISO",
      description =
          "such as PT1S; results become visible with a checkpoint (default: Flink's"
              + " execution.checkpointing.interval, else 10 s)")
  private Optional<Duration> checkpointInterval = Optional.empty();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "of the scan (default: Flink's parallelism.default, or -p)")
  private Optional<Integer> parallelism = Optional.empty();

  @Option(
      names = "--from",
      defaultValue = "EARLIEST",
      description = "where a job without state starts: ${COMPLETION-CANDIDATES}")
  private From from = From.EARLIEST;

  @Option(
      names = "--until",
      defaultValue = "STOPPED",
      description = "where the job ends: ${COMPLETION-CANDIDATES} (at the log's present end)")
  private Until until = Until.STOPPED;

  @Option(
      names = "--feedback-delay",
      defaultValue = "PT2S",
      paramLabel = "ISO",
      description =
          "time from a model's being finished to its being seen here, and from a sample"
              + " to the last prediction of a serving system that counts: samples that a model"
              + " looks at are held so long (default: ${DEFAULT-VALUE})")
  private Duration feedbackDelay = Duration.ofSeconds(2);

  KafkaOptions kafka() {
    return kafka;
  }

  /** Where models come from. */
  ModelSource models() {
    return new ModelSource(
        artifacts,
        KafkaModelVersionFeed.of(kafka.settings(), kafka.topics().modelVersions()),
        KafkaPredictionFeed.of(kafka.settings()),
        feedbackDelay);
  }

  From from() {
    return from;
  }

  Until until() {
    return until;
  }

  /** The environment of a job, with what its user has given. */
  StreamExecutionEnvironment environment(String job) {
    Configuration config = JobDefaults.configuration(job);
    checkpoints.ifPresent(
        uri -> config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri.toString()));
    checkpointInterval.ifPresent(
        interval -> config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval));
    parallelism.ifPresent(value -> config.set(CoreOptions.DEFAULT_PARALLELISM, value));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
      env.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());
    }
    env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(shown()));
    return env;
  }

  /** What the web UI shows: without secrets. */
  private Map<String, String> shown() {
    KafkaSettings settings = kafka.settings();
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("bootstrap-servers", settings.bootstrapServers());
    settings.masked().forEach((key, value) -> shown.put("kafka." + key, value));
    shown.put("topic-prefix", kafka.topics().prefix());
    shown.put("artifacts", artifacts.toString());
    return shown;
  }
}
