package dev.penstock.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models from the store, with the engine. */
final class ScoringModelITCase {

  private static final String MLP = "{model: {type: mlp, hidden: [3]}}";
  private static final String LINEAR = "{model: {type: mlp, hidden: []}}";
  private static final String CNN = "{model: {type: cnn, filters: [4, 8], hidden: 6}}";
  private static final String CLASSES = "{type: classes, names: [a, b, c]}";

  @TempDir Path artifacts;

  @ParameterizedTest
  @ValueSource(strings = {"uint8", "int32", "int64", "float32", "float64"})
  void decodesEveryTypeOfNumber(String dtype) {
    DatasetSpec dataset =
        dataset("{type: tensor, dtype: " + dtype + ", shape: [2]}", "{type: real}");
    SortedMap<String, Tensor> weights = weights(dataset, LINEAR, 1);
    String matrix = nameOf(weights, 2);
    weights.put(matrix, new Tensor(List.of(1L, 2L), new float[] {1, 1000}));
    FeatureScale scale = new FeatureScale(new float[] {100, 0}, new float[] {2, 0.5f});

    try (ScoringModel model = load(dataset, LINEAR, weights, scale)) {
      float[][] scores = model.score(List.of(payload(dtype, 200, 4)));

      assertThat(model.outputs()).isEqualTo(1);
      assertThat(scores[0]).containsExactly((200 - 100) * 2 + 1000 * 4 * 0.5f);
    }
  }

  @Test
  void givesProbabilitiesThatDoNotDependOnTheBatch() {
    DatasetSpec dataset = dataset("{type: tensor, dtype: float32, shape: [2]}", CLASSES);

    try (ScoringModel model = load(dataset, MLP, weights(dataset, MLP, 1), FeatureScale.NONE)) {
      ByteBuffer one = payload("float32", 0.5, -1);
      ByteBuffer other = payload("float32", 3, 2);
      float[][] together = model.score(List.of(one, other, one));

      assertThat(together[0][0] + together[0][1] + together[0][2]).isCloseTo(1, within(1e-6f));
      assertThat(together[2]).isEqualTo(together[0]);
      assertThat(model.score(List.of(other))[0]).containsExactly(together[1], within(1e-6f));
      assertThat(model.score(List.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MLP, LINEAR, CNN})
  void whatIsSaidOfASampleDoesNotDependOnThoseBeside(String training) {
    DatasetSpec dataset = dataset("{type: tensor, dtype: float32, shape: [12, 12]}", CLASSES);
    SplittableRandom random = new SplittableRandom(3);
    List<ByteBuffer> samples =
        Stream.generate(() -> payload("float32", random.doubles(144).toArray()))
            .limit(300)
            .toList();

    try (ScoringModel model =
        load(dataset, training, weights(dataset, training, 1), FeatureScale.NONE)) {
      float[][] scores = model.score(samples);
      float[][] embeddings = model.embed(samples);
      for (int i = 0; i < samples.size(); i += 7) {
        List<ByteBuffer> others = samples.subList(Math.max(0, i - random.nextInt(150)), i + 1);
        assertThat(model.score(others)[others.size() - 1]).isEqualTo(scores[i]);
        assertThat(model.embed(others)[others.size() - 1]).isEqualTo(embeddings[i]);
      }
      assertThat(embeddings[0].length)
          .isEqualTo(training.equals(LINEAR) ? 144 : training.equals(MLP) ? 3 : 6);
    }
  }

  @Test
  void scoresImages() {
    DatasetSpec dataset = dataset("{type: tensor, dtype: uint8, shape: [8, 8]}", CLASSES);

    try (ScoringModel model = load(dataset, CNN, weights(dataset, CNN, 1), FeatureScale.UNIT)) {
      assertThat(model.score(List.of(ByteBuffer.allocate(64)))[0]).hasSize(3);
    }
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    DatasetSpec dataset = dataset("{type: tensor, dtype: uint8, shape: [8, 8]}", CLASSES);

    byte[] first = Safetensors.write(weights(dataset, CNN, 7), Map.of());
    byte[] second = Safetensors.write(weights(dataset, CNN, 7), Map.of());
    byte[] other = Safetensors.write(weights(dataset, CNN, 8), Map.of());

    assertThat(first).isEqualTo(second).isNotEqualTo(other);
  }

  @Test
  void refusesAnotherNetworksWeights() {
    DatasetSpec narrow = dataset("{type: tensor, dtype: float32, shape: [2]}", CLASSES);
    DatasetSpec wide = dataset("{type: tensor, dtype: float32, shape: [5]}", CLASSES);
    SortedMap<String, Tensor> weights = weights(narrow, MLP, 1);

    assertThatThrownBy(() -> load(wide, MLP, weights, FeatureScale.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("weights must have ");
    assertThatThrownBy(() -> load(narrow, LINEAR, weights, FeatureScale.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "weights must be of [01Linear_weight, 01Linear_bias] only, got [03Linear_bias,"
                + " 03Linear_weight] too");
  }

  private static DatasetSpec dataset(String payload, String label) {
    String text =
        "kind: dataset\nname: d\ntopic: d\npayload: %s\nlabel: %s\n".formatted(payload, label);
    return SpecReader.parseDataset("test", text).complete();
  }

  private static SortedMap<String, Tensor> weights(
      DatasetSpec dataset, String training, long seed) {
    TrainingSpec spec = SpecJson.readTraining(training);
    Network network = Network.of(spec.model(), dataset.payload(), dataset.label());
    try (Model ignored = network.newModel(Device.cpu())) {
      network.randomize(seed);
      return network.weights();
    }
  }

  private static String nameOf(SortedMap<String, Tensor> weights, int dimensions) {
    return weights.entrySet().stream()
        .filter(tensor -> tensor.getValue().shape().size() == dimensions)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static ByteBuffer payload(String dtype, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (dtype) {
        case "uint8" -> bytes.put((byte) value);
        case "int32" -> bytes.putInt((int) value);
        case "int64" -> bytes.putLong((long) value);
        case "float32" -> bytes.putFloat((float) value);
        default -> bytes.putDouble(value);
      }
    }
    return bytes.flip();
  }

  private ScoringModel load(
      DatasetSpec dataset, String training, SortedMap<String, Tensor> weights, FeatureScale scale) {
    TrainingTask task =
        TrainingTask.newBuilder()
            .setId("p-1")
            .setPipeline("p")
            .setDecisionNumber(1)
            .setTriggerNumber(1)
            .setDataset(SpecJson.write(dataset))
            .setTraining(SpecJson.write(SpecJson.readTraining(training)))
            .setTrainingSet(SampleSet.builder().build().toRecord())
            .setSliceTime(0)
            .setBoundary(List.of())
            .setSeed(1)
            .build();
    ArtifactStore store = ArtifactStore.open(artifacts.toUri());
    SortedMap<String, Tensor> tensors = new TreeMap<>(weights);
    tensors.putAll(scale.toTensors());
    ModelCard.Facts facts = new ModelCard.Facts("", 0, "", "test", 1, "cpu", Map.of());
    ModelVersion version =
        ModelVersion.newBuilder()
            .setId("p-1")
            .setPipeline("p")
            .setDecisionNumber(1)
            .setTriggerNumber(1)
            .setStatus(ModelStatus.TRAINED)
            .setWeights(store.put(Safetensors.write(tensors, Map.of())))
            .setCard(store.put(ModelCard.write(task, facts)))
            .setTrainedSamples(0)
            .setTrainingSetDigest("")
            .setSliceTime(0)
            .setBoundary(List.of())
            .setSeed(1)
            .setStartedAt(0)
            .setFinishedAt(0)
            .setWorker("w")
            .setMetrics(Map.of())
            .build();
    return ScoringModel.load(new ModelStore(store), version);
  }
}
