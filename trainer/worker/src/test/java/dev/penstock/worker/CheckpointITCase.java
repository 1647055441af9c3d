package dev.penstock.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.ModelVersion;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose processes are killed go on where they were, to the same weights bit for bit. */
final class CheckpointITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEY_BYTES = 32;
  private static final int EPOCHS = 3;
  private static final int BATCH = 400;

  /** So slow a step that a process can be killed before the next one. */
  private static final String TRAINING =
      "{model: {type: mlp, hidden: [1000, 1000]}, epochs-per-trigger: "
          + EPOCHS
          + ", batch-size: "
          + BATCH
          + ", optimizer: {type: adamw}, learning-rate-schedule: {type: cosine, per: batch},"
          + " gradient-clipping: {norm: 1}, hold-out: {share: 0.1, early-stopping: {patience: 2}},"
          + " class-weights: balanced%s}";

  private static final String CHOSEN =
      "{model: {type: mlp, hidden: [1000, 1000]}, epochs-per-trigger: 8, batch-size: 100,"
          + " precision: float16,"
          + " downsampling: {type: gradient-norm, ratio: 50, period: 2}%s}";

  private static final String IN_PARTS =
      "{model: {type: mlp, hidden: [1000, 1000]}, epochs-per-trigger: 1, batch-size: 100,"
          + " scaling: none, hold-out: {share: 0.1}%s}";

  private static EmbeddedBroker broker;

  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Where a saved training stands. */
  private record Point(int epoch, int samples) {

    boolean isAtOrAfter(Point other) {
      return epoch > other.epoch || (epoch == other.epoch && samples >= other.samples);
    }
  }

  @Test
  void killedInTheFirstEpochInTheMiddleAndAtTheLastStep()
      throws IOException, ExecutionException, InterruptedException {
    ModelVersion undisturbed = undisturbed("undisturbed-", TRAINING, 2);
    int epochSamples = (int) undisturbed.getTrainedSamples();
    try (TaskTopic topic = new TaskTopic(broker, "killed-")) {
      topic.writeSamples();
      topic.send(topic.task(1, TRAINING.formatted(", checkpoint: {every: 1}")));
      try (WorkerProcess first = worker("killed-", "w1")) {
        killTraining(first, new Point(1, BATCH));
        killTraining(first, new Point(2, 2 * BATCH));
        Point lastStep = new Point(EPOCHS, (epochSamples - 1) / BATCH * BATCH);
        awaitPoint(lastStep);
        first.kill();
      }
      assertThat(topic.versions()).isEmpty();
      assertThat(Files.exists(checkpoint())).isTrue();
      try (WorkerProcess second = worker("killed-", "w2")) {
        await().atMost(PATIENCE).until(() -> topic.versions().size() == 1);
        assertThat(second.stop()).isIn(0, 143);
      }
      ModelVersion resumed = topic.versions().get(0);
      checkResumed("killed at three points", resumed, undisturbed);
      assertThat(Files.exists(checkpoint())).isFalse();
    }
  }

  /**
   * Which samples are trained on follows from the weights, and is asked for in every second epoch;
   * gradients of float16 are scaled by what overflowed before.
   */
  @Test
  void killedBetweenEpochsOfChosenSamplesInLowPrecision()
      throws IOException, ExecutionException, InterruptedException {
    ModelVersion undisturbed = undisturbed("chosen-undisturbed-", CHOSEN, 2);
    try (TaskTopic topic = new TaskTopic(broker, "chosen-killed-")) {
      topic.writeSamples();
      topic.send(topic.task(1, CHOSEN.formatted(", checkpoint: {every: 1}")));
      try (WorkerProcess worker = worker("chosen-killed-", "w1")) {
        killTraining(worker, new Point(2, 0));
        killTraining(worker, new Point(5, 0));
        await().atMost(PATIENCE).until(() -> topic.versions().size() == 1);
      }
      ModelVersion resumed = topic.versions().get(0);
      checkResumed("chosen samples, killed twice", resumed, undisturbed);
      assertThat(resumed.getMetrics().get("lossScale"))
          .isEqualTo(undisturbed.getMetrics().get("lossScale"));
    }
  }

  /** A single epoch goes through samples in an order that does not depend on when they came. */
  @Test
  void killedInAnEpochThatBeginsWhileSamplesAreBeingRead()
      throws IOException, ExecutionException, InterruptedException {
    ModelVersion undisturbed = undisturbed("parts-undisturbed-", IN_PARTS, TaskTopic.MANY_FEATURES);
    try (TaskTopic topic = new TaskTopic(broker, "parts-killed-", 2, TaskTopic.MANY_FEATURES)) {
      topic.writeSamples();
      topic.send(topic.task(1, IN_PARTS.formatted(", checkpoint: {every: 1}")));
      try (WorkerProcess worker = worker("parts-killed-", "w1")) {
        killTraining(worker, new Point(1, 300));
        killTraining(worker, new Point(1, 1000));
        await().atMost(PATIENCE).until(() -> topic.versions().size() == 1);
      }
      ModelVersion resumed = topic.versions().get(0);
      checkResumed("a single epoch in parts, killed twice", resumed, undisturbed);
      // No batch but the last has less samples than it may, whatever parts have.
      assertThat(resumed.getMetrics().get("steps"))
          .isEqualTo(Math.ceil(undisturbed.getTrainedSamples() / 100.0));
      assertThat(resumed.getMetrics().get("holdOutLoss"))
          .isEqualTo(undisturbed.getMetrics().get("holdOutLoss"));
    }
  }

  private static void checkResumed(String how, ModelVersion resumed, ModelVersion undisturbed) {
    System.out.printf(
        "%s: resumed at step %.0f of %.0f, weights %s, undisturbed %s%n",
        how,
        resumed.getMetrics().get("resumedSteps"),
        resumed.getMetrics().get("steps"),
        resumed.getWeights().getSha256(),
        undisturbed.getWeights().getSha256());
    assertThat(resumed.getMetrics().get("resumedSteps")).isGreaterThan(1);
    assertThat(resumed.getWeights().getSha256()).isEqualTo(undisturbed.getWeights().getSha256());
    assertThat(resumed.getTrainingSetDigest()).isEqualTo(undisturbed.getTrainingSetDigest());
  }

  private ModelVersion undisturbed(String prefix, String training, int features)
      throws IOException, ExecutionException, InterruptedException {
    try (TaskTopic topic = new TaskTopic(broker, prefix, 2, features);
        WorkerProcess worker = worker(prefix, "w0")) {
      topic.writeSamples();
      topic.send(topic.task(1, training.formatted("")));
      await().atMost(PATIENCE).until(() -> topic.versions().size() == 1);
      worker.stop();
      return topic.versions().get(0);
    }
  }

  private WorkerProcess worker(String prefix, String id) throws IOException {
    Path work = directory.resolve("work");
    return WorkerProcess.start(
        broker, directory.resolve("artifacts"), prefix, id, "--work-dir", work.toString());
  }

  private void killTraining(WorkerProcess worker, Point point) {
    awaitPoint(point);
    ProcessHandle busiest =
        worker.trainings().stream()
            .max(
                (a, b) ->
                    a.info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .compareTo(b.info().totalCpuDuration().orElse(Duration.ZERO)))
            .orElseThrow();
    busiest.destroyForcibly();
    busiest.onExit().join();
  }

  private void awaitPoint(Point point) {
    await("waiting for " + point)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(() -> saved().isAtOrAfter(point));
  }

  private Point saved() {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(checkpoint()))) {
      in.skipNBytes(KEY_BYTES);
      return new Point(in.readInt(), in.readInt());
    } catch (NoSuchFileException e) {
      return new Point(0, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path checkpoint() {
    return directory.resolve("work").resolve("checkpoints").resolve("p-1.checkpoint");
  }
}
