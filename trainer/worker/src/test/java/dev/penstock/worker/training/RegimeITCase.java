package dev.penstock.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.worker.LocalTraining;
import dev.penstock.worker.LocalTraining.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On what is trained, for how long, and what becomes of features and labels. */
final class RegimeITCase {

  private static final String TWO = "{type: classes, names: [a, b]}";
  private static final String POINT = "{type: tensor, dtype: float32, shape: [2]}";

  private static EmbeddedBroker broker;

  @TempDir Path artifacts;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void trainsOnSoManySamplesAtTheFirstTriggersAndThenEpochs() throws InterruptedException {
    LocalTraining training = new LocalTraining(broker, artifacts, POINT, TWO, sums(1_000));

    ModelVersion first =
        training.train("{model: {type: mlp}, num-samples-to-pass: [2300], batch-size: 100}", 1_000);
    ModelVersion few =
        training.train("{model: {type: mlp}, num-samples-to-pass: [130], batch-size: 100}", 1_000);
    ModelVersion whole = training.train("{model: {type: mlp}, batch-size: 100}", 1_000);

    assertThat(first.getMetrics()).containsEntry("steps", 23.0).containsEntry("epochs", 3.0);
    assertThat(few.getMetrics()).containsEntry("steps", 2.0);
    assertThat(few.getTrainedSamples()).isEqualTo(130);
    assertThat(whole.getMetrics()).containsEntry("steps", 10.0);
  }

  /** 67 MB: a single epoch begins while they are being read, at whatever times of the log. */
  @Test
  void anEpochInPartsDoesNotFollowTheTimeOfTheLog() throws InterruptedException {
    int classes = 4;
    int count = 16_000;
    int features = 1_050;
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count + 400; i++) {
      // One class after the other, then all of them.
      int label = i < count ? i / (count / classes) : random.nextInt(classes);
      float[] payload = new float[features];
      for (int feature = 0; feature < classes; feature++) {
        payload[feature] = (float) random.nextGaussian() / 2 + (feature == label ? 1 : 0);
      }
      samples.add(new Sample(label, floats(payload)));
    }
    LocalTraining training =
        new LocalTraining(
            broker,
            artifacts,
            "{type: tensor, dtype: float32, shape: [1050]}",
            "{type: classes, names: [a, b, c, d]}",
            samples);
    String spec =
        "{model: {type: mlp, hidden: [16]}, scaling: none, optimizer: {type: adam, learning-rate:"
            + " 0.01}%s}";

    ModelVersion parts = training.train(spec.formatted(""), count);
    ModelVersion whole =
        training.train(spec.formatted(", num-samples-to-pass: [" + count + "]"), count);
    ModelVersion log = training.train(spec.formatted(", shuffle: false"), count);

    double learned = training.accuracy(parts, count);
    double wanted = training.accuracy(whole, count);
    double forgotten = training.accuracy(log, count);
    System.out.printf(
        "a log that goes class by class: %.3f in parts, %.3f shuffled, %.3f in its order%n",
        learned, wanted, forgotten);
    assertThat(learned).isCloseTo(wanted, within(0.05));
    assertThat(forgotten).isLessThan(0.5);
    assertThat(training.weights(parts)).isNotEqualTo(training.weights(whole));
  }

  /** One sample in twenty is of the class that the others hide. */
  @Test
  void balancedWeightsFindTheRareClass() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      int label = random.nextInt(20) == 0 ? 1 : 0;
      float x = (float) random.nextGaussian() + label;
      samples.add(new Sample(label, floats(x, 0)));
    }
    LocalTraining training = new LocalTraining(broker, artifacts, POINT, TWO, samples);
    String spec =
        "{model: {type: mlp}, epochs-per-trigger: 4, optimizer: {type: adam, learning-rate:"
            + " 0.01}%s}";

    double plain = recall(training, training.train(spec.formatted(""), 3_000), samples);
    double balanced =
        recall(
            training, training.train(spec.formatted(", class-weights: balanced"), 3_000), samples);
    double given =
        recall(
            training, training.train(spec.formatted(", class-weights: [1, 19]"), 3_000), samples);

    assertThat(plain).isLessThan(0.1);
    assertThat(balanced).isGreaterThan(0.5);
    assertThat(given).isCloseTo(balanced, within(0.15));
  }

  private static double recall(LocalTraining training, ModelVersion version, List<Sample> samples) {
    float[][] scores = training.scores(version, 3_000);
    int found = 0;
    int all = 0;
    for (int i = 0; i < scores.length; i++) {
      if (samples.get(3_000 + i).label() == 1) {
        all++;
        found += scores[i][1] > scores[i][0] ? 1 : 0;
      }
    }
    return found / (double) all;
  }

  /** Labels that are noise can only be learned by heart: the loss on others rises. */
  @Test
  void earlyStoppingGoesBackToTheBestWeights() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(2);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      samples.add(
          new Sample(
              random.nextInt(2), floats((float) random.nextDouble(), (float) random.nextDouble())));
    }
    LocalTraining training = new LocalTraining(broker, artifacts, POINT, TWO, samples);
    String spec =
        "{model: {type: mlp, hidden: [64, 64]}, batch-size: 16, epochs-per-trigger: %d,"
            + " optimizer: {type: adam, learning-rate: 0.01},"
            + " hold-out: {share: 0.3, early-stopping: {patience: 3}}}";

    ModelVersion stopped = training.train(spec.formatted(40), 600);
    double best = stopped.getMetrics().getOrDefault("bestEpoch", Double.NaN);
    ModelVersion exact = training.train(spec.formatted((int) best), 600);

    assertThat(stopped.getMetrics().get("epochs")).isEqualTo(best + 3).isLessThan(40);
    assertThat(exact.getWeights().getSha256()).isEqualTo(stopped.getWeights().getSha256());
    assertThat(stopped.getTrainedSamples()).isBetween(360L, 480L);
    assertThat(stopped.getTrainingSetDigest()).isEqualTo(exact.getTrainingSetDigest());
  }

  /** The label is exp(x + y) - 1: only its logarithm is linear, and so is that of the features. */
  @Test
  void logarithmsOfFeaturesAndLabelsAreUndoneInScores() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(3);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      double x = random.nextDouble() * 3;
      double y = random.nextDouble() * 3;
      samples.add(
          new Sample(Math.expm1(x + y), floats((float) Math.expm1(x), (float) Math.expm1(y))));
    }
    LocalTraining training = new LocalTraining(broker, artifacts, POINT, "{type: real}", samples);

    ModelVersion version =
        training.train(
            "{model: {type: mlp}, epochs-per-trigger: 30, batch-size: 32,"
                + " optimizer: {type: adam, learning-rate: 0.01}, features: {log1p: [0, 1],"
                + " normalize: {mean: [1.5], std: [0.9]}, log1p-labels: true}}",
            2_500);

    float[][] scores = training.scores(version, 2_500);
    for (int i = 0; i < scores.length; i++) {
      double label = samples.get(2_500 + i).label();
      assertThat((double) scores[i][0]).isCloseTo(label, within(0.02 * (1 + label)));
    }
  }

  private static List<Sample> sums(int count) {
    SplittableRandom random = new SplittableRandom(4);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      samples.add(new Sample(x + y > 1 ? 1 : 0, floats(x, y)));
    }
    return samples;
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
