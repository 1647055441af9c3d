package dev.penstock.cli.replay;

import dev.penstock.broker.BrokerOptions;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.cluster.ClusterState;
import dev.penstock.cli.cluster.JobSubmission;
import dev.penstock.cli.cluster.JobSubmission.Job;
import dev.penstock.cli.cluster.LocalStack;
import dev.penstock.cli.process.Distribution;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kafka, Flink and a worker for one run, with all their data in its folder: what was there when an
 * earlier process ended, however it ended, is taken up.
 */
final class ReplayStack implements AutoCloseable {

  static final Topics TOPICS = new Topics("");
  private static final int SLOTS = 4;

  /** A fired decision waits for a checkpoint, others do not. */
  private static final String CHECKPOINT_INTERVAL = "PT0.2S";

  /** A killed worker is not waited for long when the run goes on. */
  private static final List<String> WORKER = List.of("--kafka.session.timeout.ms=10000");

  /**
   * A run may go on long after it was killed: until then, nobody aborts what was to be committed.
   */
  private static final String TRANSACTION_TIMEOUT =
      "--kafka.transaction.timeout.ms=" + Duration.ofDays(20).toMillis();

  private static final long STATE_CHECK_NANOS = 2_000_000_000L;

  private final EmbeddedBroker broker;
  private final LocalStack stack;
  private final Path directory;
  private final DatasetSpec dataset;
  private final List<PipelineSpec> pipelines;
  private String job = "";
  private long checkedAt = System.nanoTime();

  private ReplayStack(
      EmbeddedBroker broker,
      LocalStack stack,
      Path directory,
      DatasetSpec dataset,
      List<PipelineSpec> pipelines) {
    this.broker = broker;
    this.stack = stack;
    this.directory = directory;
    this.dataset = dataset;
    this.pipelines = pipelines;
  }

  /** Starts all processes in {@code directory}, and ends those that a killed one has left there. */
  static ReplayStack start(Path directory, DatasetSpec dataset, List<PipelineSpec> pipelines)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    endLeftOvers(directory);
    EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.DEFAULT.in(directory.resolve("kafka")));
    LocalStack stack = LocalStack.configure(directory, broker.settings(), TOPICS, 0, SLOTS);
    ReplayStack replay = new ReplayStack(broker, stack, directory, dataset, pipelines);
    try {
      List<ClusterState.Member> members = new ArrayList<>();
      members.add(ClusterState.Member.of("jobmanager", stack.startJobManager()));
      members.add(ClusterState.Member.of("taskmanager", stack.startTaskManager("taskmanager")));
      members.add(ClusterState.Member.of("worker", stack.startWorker("worker", WORKER)));
      new ClusterState(
              broker.bootstrapServers(),
              stack.flink().root().toString(),
              stack.artifacts(),
              members)
          .save(directory);
      stack.awaitSlots(SLOTS);
      return replay;
    } catch (IOException | InterruptedException | RuntimeException e) {
      replay.close();
      throw e;
    }
  }

  private static void endLeftOvers(Path directory) throws IOException {
    for (ClusterState.Member member :
        ClusterState.load(directory).map(ClusterState::alive).orElse(List.of())) {
      member.handle().ifPresent(ReplayStack::kill);
    }
  }

  private static void kill(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  KafkaSettings kafka() {
    return broker.settings();
  }

  /** Starts the training job from its last checkpoint, if there is one. */
  void train() throws IOException, InterruptedException {
    job = submit(Job.TRAINING, List.of(), lastCheckpoint());
    stack.awaitRunning(job);
  }

  /** Ends the training job, and evaluates the composite models over the whole log. */
  void evaluate() throws IOException, InterruptedException {
    stack.flink().cancel(job);
    job =
        submit(
            Job.EVALUATION,
            List.of("--until", "NOW", "--checkpoints", evaluationState()),
            Optional.empty());
    while (!stack.flink().state(job).equals("FINISHED")) {
      check();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Apart from the training job's, which is looked for when the run is resumed. */
  private String evaluationState() {
    return directory.resolve("evaluation-checkpoints").toUri().toString();
  }

  private String submit(Job which, List<String> extra, Optional<URI> checkpoint)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(extra);
    // The gate keeps the scan waiting, not the other way round.
    args.addAll(List.of("--checkpoint-interval", CHECKPOINT_INTERVAL, "--parallelism", "1"));
    // In lockstep, versions are there before the samples that follow them are written.
    args.addAll(List.of("--feedback-delay", "PT0S", TRANSACTION_TIMEOUT));
    JobSubmission jobs =
        new JobSubmission(
            kafka(),
            TOPICS,
            stack.artifacts(),
            SpecYaml.write(dataset),
            pipelines.stream().map(SpecYaml::write).toList(),
            args);
    String jar = JobSubmission.upload(stack.flink(), Distribution.current());
    return jobs.submit(stack.flink(), jar, which, checkpoint);
  }

  /** Numbers go on when a job is restored, so that the highest is the last. */
  private Optional<URI> lastCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(Path::getParent)
          .max((one, other) -> Long.compare(number(one), number(other)))
          .map(Path::toUri);
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }

  /** Throws if a process has ended or the job has failed. */
  void check() {
    stack.checkAlive();
    if (job.isEmpty() || System.nanoTime() - checkedAt < STATE_CHECK_NANOS) {
      return;
    }
    checkedAt = System.nanoTime();
    String state;
    try {
      state = stack.flink().state(job);
    } catch (IOException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    if (state.equals("FAILED")) {
      throw new IllegalStateException("Job failed, see " + directory.resolve("log"));
    }
  }

  @Override
  public void close() {
    stack.close();
    broker.close();
  }
}
