package dev.penstock.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.cli.cluster.JobSubmission.Job;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import dev.penstock.s3.S3Server;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loop and the commands, each process with the credentials in its environment, with all
 * artifacts in a store that speaks S3's protocol; the worker that trains is killed by SIGKILL.
 */
@Timeout(500)
final class S3StoreITCase {

  private static final int SAMPLES = 8_000;
  private static final int TRIGGER = 1_000;
  private static final int TASKS = SAMPLES / TRIGGER;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Topics TOPICS = new Topics("");
  private static final String PIPELINE =
      """
      kind: pipeline
      name: remote
      dataset: sea
      trigger: {type: data-amount, num-samples: %d}
      selection: {type: new-data, tail-triggers: 2, limit: {samples: 900, keep: random}}
      training:
        {model: {type: mlp, hidden: [16]}, epochs-per-trigger: 20, batch-size: 8, seed: 3}
      evaluation: {slice: {samples: 1000}}
      model-storage: {type: delta, full-model-interval: 3}
      """
          .formatted(TRIGGER);

  @TempDir Path directory;
  private int commands;

  @Test
  void nothingIsLostWhenAWorkerIsKilledAndEveryCommandReadsTheStore() throws Exception {
    try (S3Server server = S3Server.start()) {
      URI artifacts = server.store("penstock");
      Path folder = directory.resolve("cluster");
      penstock(
          List.of("cluster", "up", "--dir", folder.toString(), "--artifacts", artifacts.toString()),
          List.of("--task-managers", "1", "--slots", "2", "--workers", "0"));
      try {
        ClusterState state = ClusterState.load(folder).orElseThrow();
        assertThat(state.artifacts()).isEqualTo(artifacts);
        KafkaSettings kafka = new KafkaSettings(state.bootstrapServers(), Map.of());
        LiveStream stream = LiveStream.record(kafka, SAMPLES, directory);
        trainWithAKill(stream, state);

        List<ModelVersion> versions = assertComplete(stream);
        assertCommands(state, versions);
        assertEvaluated(stream);
        assertThat(server.keys()).hasSizeGreaterThan(3 * TASKS);
        assertThat(folder.resolve("artifacts")).isEmptyDirectory();
      } finally {
        penstock(List.of("cluster", "down", "--dir", folder.toString()), List.of("--keep"));
      }
    }
  }

  /** Kills the worker as soon as it has published two versions. */
  private void trainWithAKill(LiveStream stream, ClusterState state)
      throws IOException, InterruptedException {
    List<Process> workers = new ArrayList<>(List.of(startWorker(state, 1)));
    try {
      stream.createTopic();
      submit(stream, state);
      stream.produce(samples -> {});
      await().atMost(PATIENCE).until(() -> versions(stream).size() >= 2);
      workers.get(0).destroyForcibly().waitFor();
      assertThat(versions(stream)).hasSizeLessThan(TASKS);
      workers.add(startWorker(state, 2));
      await().atMost(PATIENCE).until(() -> versions(stream).size() >= TASKS);
    } finally {
      for (Process worker : workers) {
        worker.destroy();
        worker.waitFor();
      }
    }
  }

  private Process startWorker(ClusterState state, int number) {
    JavaProcess worker =
        new JavaProcess("s3-worker-" + number, directory, Distribution.current())
            .jvm("-Xmx256m")
            .args("--bootstrap-servers", state.bootstrapServers())
            .args("--artifacts", state.artifacts().toString())
            .args("--worker-id", "s3-worker-" + number, "--training-memory", "512m")
            // A dead worker's partitions are given to another after this time.
            .args("--kafka.session.timeout.ms=6000");
    S3Server.credentials().forEach(worker::env);
    return worker.start("worker", "dev.penstock.worker.TrainerWorker");
  }

  private static void submit(LiveStream stream, ClusterState state)
      throws IOException, InterruptedException {
    FlinkRest flink = new FlinkRest(URI.create(state.webUi()));
    String jar = JobSubmission.upload(flink, Distribution.current());
    List<String> common = List.of("--checkpoint-interval", "PT0.5S", "--parallelism", "1");
    List<String> training = new ArrayList<>(common);
    training.addAll(List.of("--inline-bytes", "0"));
    jobs(stream, state, training).submit(flink, jar, Job.TRAINING);
    jobs(stream, state, common).submit(flink, jar, Job.EVALUATION);
  }

  private static JobSubmission jobs(LiveStream stream, ClusterState state, List<String> extra) {
    return new JobSubmission(
        stream.kafka(),
        TOPICS,
        state.artifacts(),
        SpecYaml.write(stream.dataset()),
        List.of(PIPELINE),
        extra);
  }

  /** One version of each task, from the one before it, and everything in the store. */
  private static List<ModelVersion> assertComplete(LiveStream stream) {
    List<String> ids = IntStream.rangeClosed(1, TASKS).mapToObj(i -> "remote-" + i).toList();
    List<TrainingTask> tasks =
        records(stream, TOPICS.trainingTasks(), AvroCodec.of(TrainingTask.class));
    assertThat(tasks).extracting(TrainingTask::getId).containsExactlyElementsOf(ids);
    assertThat(tasks)
        .extracting(TrainingTask::getTrainingSet)
        .allMatch(set -> set instanceof ArtifactRef ref && isRemote(ref));
    List<ModelVersion> versions = versions(stream);
    assertThat(versions).extracting(ModelVersion::getId).containsExactlyElementsOf(ids);
    assertThat(versions)
        .allMatch(version -> version.getStatus() == ModelStatus.TRAINED)
        .allMatch(version -> isRemote(version.getWeights()) && isRemote(version.getCard()));
    assertThat(versions.subList(1, TASKS))
        .extracting(ModelVersion::getParent)
        .containsExactlyElementsOf(ids.subList(0, TASKS - 1));
    assertThat(versions).extracting(ModelVersion::getWorker).contains("s3-worker-1", "s3-worker-2");
    return versions;
  }

  private static boolean isRemote(ArtifactRef ref) {
    return ref.getUri().startsWith("s3://models/penstock/");
  }

  private void assertCommands(ClusterState state, List<ModelVersion> versions)
      throws IOException, InterruptedException {
    List<String> store =
        List.of(
            "--artifacts",
            state.artifacts().toString(),
            "--bootstrap-servers",
            state.bootstrapServers());
    String last = versions.get(TASKS - 1).getId();
    assertThat(penstock(List.of("models", "list"), store))
        .contains("full zstd", "delta sub", "champion");
    Path exported = directory.resolve("exported");
    penstock(List.of("models", "export", "remote@champion", exported.toString()), store);
    assertThat(exported.resolve("model.safetensors")).isNotEmptyFile();
    assertThat(penstock(List.of("lineage", last), store)).contains("trained on 900 samples");
    assertThat(penstock(List.of("reproduce", last), store)).contains("the same bit for bit");
    assertThat(penstock(List.of("models", "gc", "--keep", "1", "--grace", "PT0S"), store))
        .contains("remote-1", "nothing deleted")
        .doesNotContain(last + " ");
  }

  /** The job has read the models from the store. */
  private static void assertEvaluated(LiveStream stream) {
    await().atMost(PATIENCE).until(() -> !stream.records(TOPICS.evaluations()).isEmpty());
  }

  private static List<ModelVersion> versions(LiveStream stream) {
    return records(stream, TOPICS.modelVersions(), AvroCodec.of(ModelVersion.class));
  }

  private static <T extends SpecificRecordBase> List<T> records(
      LiveStream stream, String topic, AvroCodec<T> codec) {
    return stream.records(topic).stream().map(record -> codec.decode(record.value())).toList();
  }

  /** Runs a command in a process of its own and returns what it printed. */
  private String penstock(List<String> command, List<String> more)
      throws IOException, InterruptedException {
    Distribution distribution = Distribution.current();
    JavaProcess process =
        new JavaProcess("penstock-" + ++commands, directory, distribution)
            .jvm("-Xmx512m", "-Dpenstock.home=" + distribution.home().toAbsolutePath())
            .args(command)
            .args(more);
    S3Server.credentials().forEach(process::env);
    int exitCode = process.start("cli", "dev.penstock.cli.Penstock").waitFor();
    String printed = Files.readString(process.outFile());
    assertThat(exitCode).as("%s%n%s", command, printed).isZero();
    return printed;
  }
}
