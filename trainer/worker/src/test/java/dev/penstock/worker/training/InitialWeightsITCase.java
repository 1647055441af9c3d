package dev.penstock.worker.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.Digests;
import dev.penstock.worker.LocalTraining;
import dev.penstock.worker.LocalTraining.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that begin with given weights. */
final class InitialWeightsITCase {

  private static final String STILL =
      "{model: {type: mlp, hidden: [4]}, optimizer: {type: sgd, learning-rate: 1.0e-30}%s}";

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

  /** Steps so small that they change nothing show what a training begins with. */
  @Test
  void areThoseOfTheFileUnlessThereIsAPreviousModel() throws IOException, InterruptedException {
    LocalTraining training = training();
    ModelVersion trained =
        training.train(
            "{model: {type: mlp, hidden: [4]}, optimizer: {type: sgd, learning-rate: 0.5}}", 100);
    SortedMap<String, Tensor> weights = training.weights(trained);
    String initial = initial(Safetensors.write(weights, Map.of()));

    ModelVersion first = training.train(STILL.formatted(initial), 100);
    ModelVersion random = training.train(STILL.formatted(""), 100);
    ModelVersion next = training.train(STILL.formatted(initial), 100, Optional.of(random));

    assertThat(first.getWeights().getSha256()).isEqualTo(trained.getWeights().getSha256());
    assertThat(firstLayer(training, next))
        .isEqualTo(firstLayer(training, random))
        .isNotEqualTo(firstLayer(training, first));
  }

  private static float[] firstLayer(LocalTraining training, ModelVersion version) {
    return requireNonNull(training.weights(version).get("01Linear_weight")).values();
  }

  @Test
  void ofAnotherNetworkAreRefusedByName() throws IOException, InterruptedException {
    LocalTraining training = training();
    SortedMap<String, Tensor> weights =
        new TreeMap<>(training.weights(training.train(STILL.formatted(""), 100)));
    weights.put("03Linear_weight", new Tensor(List.of(2L, 3L), new float[6]));
    String narrow = initial(Safetensors.write(weights, Map.of()));
    weights.remove("03Linear_weight");
    String few = initial(Safetensors.write(weights, Map.of()));
    weights.put("head", Tensor.vector(new float[1]));
    String other = initial(Safetensors.write(weights, Map.of()));

    assertThatThrownBy(() -> training.train(STILL.formatted(narrow), 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "initial.file must be of the pipeline's network: weights must have 03Linear_weight of"
                + " shape (2, 4), got Tensor[2, 3]");
    assertThatThrownBy(() -> training.train(STILL.formatted(few), 100))
        .hasMessageEndingWith("weights must have 03Linear_weight of shape (2, 4), got null");
    assertThatThrownBy(() -> training.train(STILL.formatted(other), 100))
        .hasMessageEndingWith("only, got [head] too");
  }

  @Test
  void ofAnotherFileAreRefused() throws IOException {
    LocalTraining training = training();
    String initial = initial(new byte[] {1, 2, 3});
    Files.write(directory.resolve("initial.safetensors"), new byte[] {4});

    assertThatThrownBy(() -> training.train(STILL.formatted(initial), 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "initial.file must have the SHA-256 " + Digests.sha256(new byte[] {1, 2, 3}) + ", got");
  }

  /** The key that declares a file. */
  private String initial(byte[] file) throws IOException {
    Path path = directory.resolve("initial.safetensors");
    if (Files.exists(path)) {
      path = directory.resolve("initial-" + Digests.sha256(file) + ".safetensors");
    }
    Files.write(path, file);
    return ", initial: {file: \"%s\", sha256: %s}".formatted(path.toUri(), Digests.sha256(file));
  }

  private LocalTraining training() {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      float x = (float) random.nextDouble();
      float y = (float) random.nextDouble();
      byte[] payload =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(x).putFloat(y).array();
      samples.add(new Sample(x > y ? 1 : 0, payload));
    }
    return new LocalTraining(
        broker,
        directory.resolve("artifacts"),
        "{type: tensor, dtype: float32, shape: [2]}",
        "{type: classes, names: [a, b]}",
        samples);
  }
}
