package dev.penstock.worker.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.Tensor;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that compute in a lower precision, on the CPU, which knows both of them. */
final class PrecisionITCase {

  private static final String TWO = "{type: classes, names: [a, b]}";
  private static final String IMAGE = "{type: tensor, dtype: uint8, shape: [16, 16]}";

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

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float16"})
  void comesNearFloat32AndIsRepeated(String precision) throws InterruptedException {
    LocalTraining training =
        new LocalTraining(
            broker, artifacts, "{type: tensor, dtype: float32, shape: [3]}", TWO, points(3_000));
    String spec =
        "{model: {type: mlp, hidden: [16]}, epochs-per-trigger: 8, batch-size: 32, precision: %s,"
            + " optimizer: {type: adamw, learning-rate: 0.01}, gradient-clipping: {norm: 1}}";

    ModelVersion full = training.train(spec.formatted("float32"), 2_000);
    ModelVersion one = training.train(spec.formatted("float32").replace(": 8", ": 1"), 2_000);
    ModelVersion low = training.train(spec.formatted(precision), 2_000);
    ModelVersion again = training.train(spec.formatted(precision), 2_000);

    double loss = metric(low, "loss");
    System.out.printf(
        "%s: loss %.4f, accuracy %.4f; float32: loss %.4f, accuracy %.4f%n",
        precision,
        loss,
        training.accuracy(low, 2_000),
        metric(full, "loss"),
        training.accuracy(full, 2_000));
    assertThat(loss).isCloseTo(metric(full, "loss"), within(0.02));
    assertThat(loss).isLessThan(metric(one, "loss") / 2);
    assertThat(training.accuracy(low, 2_000))
        .isCloseTo(training.accuracy(full, 2_000), within(0.02));
    assertThat(low.getWeights().getSha256())
        .isEqualTo(again.getWeights().getSha256())
        .isNotEqualTo(full.getWeights().getSha256());
    assertThat(training.weights(low).values()).allSatisfy(PrecisionITCase::assertFinite);
    assertThat(hasMoreBits(requireNonNull(training.weights(low).get("01Linear_weight")))).isTrue();
  }

  /** What is too large for float16 at first is left out, and the scale comes down. */
  @Test
  void leavesStepsOutUntilTheScaleFits() throws InterruptedException {
    LocalTraining training =
        new LocalTraining(
            broker, artifacts, "{type: tensor, dtype: float32, shape: [3]}", TWO, points(1_000));

    ModelVersion version =
        training.train(
            "{model: {type: mlp}, precision: float16, batch-size: 10, features: {normalize: {mean:"
                + " [0.0], std: [0.001]}}}",
            1_000);

    assertThat(metric(version, "stepsLeftOut")).isBetween(1.0, 20.0);
    assertThat(metric(version, "lossScale")).isLessThan(65_536);
    assertThat(metric(version, "steps") + metric(version, "stepsLeftOut")).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float16"})
  void imagesByConvolutionsAndNormalizations(String precision) throws InterruptedException {
    LocalTraining training = new LocalTraining(broker, artifacts, IMAGE, TWO, images(300));
    String spec =
        "{model: %s, epochs-per-trigger: 4, batch-size: 16, scaling: unit, precision: %s}";

    ModelVersion cnn =
        training.train(spec.formatted("{type: cnn, filters: [4], hidden: 8}", precision), 240);
    ModelVersion resnet =
        training.train(spec.formatted("{type: resnet, width: 4}", precision), 240);

    assertThat(training.accuracy(cnn, 240)).isGreaterThan(0.9);
    assertThat(training.accuracy(resnet, 240)).isGreaterThan(0.9);
    assertThat(training.weights(resnet).values()).allSatisfy(PrecisionITCase::assertFinite);
    assertThat(training.weights(resnet).entrySet())
        .filteredOn(weight -> weight.getKey().endsWith("runningVar"))
        .isNotEmpty()
        .allSatisfy(weight -> assertThat(weight.getValue().values()).doesNotContain(1));
  }

  /** Numbers of categories above 256 are not those of their neighbours, as bfloat16 has it. */
  @Test
  void categoriesAndWordsKeepTheirNumbers() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(2);
    List<Sample> clicks = new ArrayList<>();
    List<Sample> texts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int label = random.nextInt(2);
      clicks.add(new Sample(label, floats(1_000 + label, (float) random.nextDouble(), 1)));
      texts.add(new Sample(label, (label == 1 ? "red fox" : "red hen").getBytes(UTF_8)));
    }
    LocalTraining ofClicks =
        new LocalTraining(
            broker, artifacts, "{type: tensor, dtype: float32, shape: [3]}", TWO, clicks);
    LocalTraining ofTexts =
        new LocalTraining(broker, artifacts, "{type: text, max-bytes: 20}", TWO, texts);
    String spec =
        "{model: %s, precision: bfloat16, optimizer: {type: adam, learning-rate: 0.01},"
            + " epochs-per-trigger: 4}";

    ModelVersion dlrm =
        ofClicks.train(
            spec.formatted("{type: dlrm, categorical: [0, 2], buckets: 2000, embedding: 8}"),
            2_000);
    ModelVersion text =
        ofTexts.train(spec.formatted("{type: hashed-text, buckets: 4096, hidden: [16]}"), 2_000);

    assertThat(ofClicks.accuracy(dlrm, 2_000)).isEqualTo(1);
    assertThat(ofTexts.accuracy(text, 2_000)).isEqualTo(1);
  }

  /** Whether a number is between those of a lower precision, as only a float32 can be. */
  private static boolean hasMoreBits(Tensor tensor) {
    for (float value : tensor.values()) {
      if ((Float.floatToRawIntBits(value) & 0xfff) != 0) {
        return true;
      }
    }
    return false;
  }

  private static double metric(ModelVersion version, String name) {
    return requireNonNull(version.getMetrics().get(name));
  }

  private static void assertFinite(Tensor tensor) {
    for (float value : tensor.values()) {
      assertThat(value).isFinite();
    }
  }

  private static List<Sample> points(int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float x = (float) random.nextGaussian();
      float y = (float) random.nextGaussian();
      float z = (float) random.nextGaussian();
      samples.add(new Sample(x * x + y > 0.5 ? 1 : 0, floats(x, y, z)));
    }
    return samples;
  }

  /** The brighter half of an image is its class. */
  private static List<Sample> images(int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(2);
      byte[] image = new byte[16 * 16];
      for (int pixel = 0; pixel < image.length; pixel++) {
        boolean bright = pixel % 16 < 8 == (label == 0);
        image[pixel] = (byte) (random.nextInt(120) + (bright ? 100 : 0));
      }
      samples.add(new Sample(label, image));
    }
    return samples;
  }

  private static byte[] floats(float x, float y, float z) {
    return ByteBuffer.allocate(12)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(x)
        .putFloat(y)
        .putFloat(z)
        .array();
  }
}
