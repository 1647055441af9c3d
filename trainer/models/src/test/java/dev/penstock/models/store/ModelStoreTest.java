package dev.penstock.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.artifact.CorruptArtifactException;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Base;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Delta;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Full;
import dev.penstock.schemas.spec.storage.ModelStorageSpec.Operator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelStoreTest {

  private static final Delta XOR = delta(Operator.XOR, Base.PREVIOUS, 4);

  @TempDir Path directory;
  private ArtifactStore artifacts;
  private final List<byte[]> files = new ArrayList<>();

  @BeforeEach
  void openStore() {
    artifacts = ArtifactStore.open(directory.toUri());
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[20_000];
    for (int version = 0; version < 6; version++) {
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) ((random.nextDouble() - 0.5) * (version == 0 ? 1 : 1e-4));
      }
      files.add(
          Safetensors.write(
              new TreeMap<>(Map.of("w", Tensor.vector(values.clone()))), Map.of("format", "pt")));
    }
  }

  static Stream<ModelStorageSpec> specs() {
    return Stream.of(
        new Full(0, /* byteShuffle= */ true),
        new Full(3, /* byteShuffle= */ false),
        XOR,
        delta(Operator.SUB, Base.PREVIOUS, 4),
        delta(Operator.XOR, Base.FULL, 4),
        new Delta(Operator.SUB, Base.PREVIOUS, 10, 19, /* byteShuffle= */ false));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void loadsWhatWasStoredBitForBit(ModelStorageSpec spec) {
    List<ModelVersion> versions = store(spec);

    ModelStore fresh = new ModelStore(artifacts);
    for (int i = 0; i < versions.size(); i++) {
      assertThat(fresh.safetensors(versions.get(i))).isEqualTo(files.get(i));
    }
  }

  @Test
  void storesEveryFourthVersionByItselfAndTheOthersSmaller() {
    List<ModelVersion> versions = store(XOR);

    ModelStore store = new ModelStore(artifacts);
    assertThat(versions)
        .extracting(version -> store.chain(version).stream().map(StoredWeights::model).toList())
        .containsExactly(
            List.of("p-0"),
            List.of("p-1", "p-0"),
            List.of("p-2", "p-1", "p-0"),
            List.of("p-3", "p-2", "p-1", "p-0"),
            List.of("p-4"),
            List.of("p-5", "p-4"));
    assertThat(store.chain(versions.get(1)).get(0).kind()).isEqualTo("delta xor");
    assertThat(versions.get(1).getWeights().getSize())
        .isLessThan(versions.get(0).getWeights().getSize() * 2 / 3);
  }

  @Test
  void aDifferenceToTheFullOneNeedsTwoFiles() {
    List<ModelVersion> versions = store(delta(Operator.XOR, Base.FULL, 4));

    ModelStore store = new ModelStore(artifacts);
    assertThat(store.chain(versions.get(3)))
        .extracting(StoredWeights::model)
        .containsExactly("p-3", "p-0");
    assertThat(store.chain(versions.get(4))).hasSize(1);
  }

  @Test
  void aPipelineMayChangeItsStorage() {
    ModelStore store = new ModelStore(artifacts);
    ModelVersion plain =
        version(0, store.put(files.get(0), ModelStorageSpec.DEFAULT, Optional.empty()));
    ModelVersion delta = version(1, store.put(files.get(1), XOR, Optional.of(plain)));

    assertThat(new ModelStore(artifacts).safetensors(delta)).isEqualTo(files.get(1));
    assertThat(store.chain(delta))
        .extracting(StoredWeights::kind)
        .containsExactly("delta xor", "safetensors");
  }

  @Test
  void theStoreMayBeMoved(@TempDir Path elsewhere) throws IOException {
    List<ModelVersion> versions = store(XOR);
    FileUtils.copyDirectory(directory.toFile(), elsewhere.toFile());
    ArtifactStore moved = ArtifactStore.open(elsewhere.toUri());
    ArtifactRef old = versions.get(3).getWeights();
    FileUtils.cleanDirectory(directory.toFile());

    byte[] file =
        new ModelStore(moved).safetensors(version(3, moved.ref(old.getSha256(), old.getSize())));

    assertThat(file).isEqualTo(files.get(3));
  }

  @Test
  void namesTheMissingFileAndWhatBuildsOnIt() throws IOException {
    List<ModelVersion> versions = store(XOR);
    Files.delete(path(versions.get(1)));

    assertThatThrownBy(() -> new ModelStore(artifacts).safetensors(versions.get(3)))
        .isInstanceOf(CorruptArtifactException.class)
        .hasMessage(
            "weights of p-3 must be readable: artifact must exist, got none at %s;"
                + " p-3 (delta xor, %s) builds on p-2 (delta xor, %s) builds on p-1",
            uri(versions.get(1)), uri(versions.get(3)), uri(versions.get(2)));
  }

  @Test
  void namesTheDamagedFile() throws IOException {
    List<ModelVersion> versions = store(XOR);
    byte[] bytes = Files.readAllBytes(path(versions.get(0)));
    bytes[bytes.length / 2] ^= 1;
    Files.write(path(versions.get(0)), bytes);

    assertThatThrownBy(() -> new ModelStore(artifacts).safetensors(versions.get(1)))
        .isInstanceOf(CorruptArtifactException.class)
        .hasMessageStartingWith(
            "weights of p-1 must be readable: SHA-256 of %s must be %s, got ",
            uri(versions.get(0)), versions.get(0).getWeights().getSha256())
        .hasMessageEndingWith("p-1 (delta xor, %s) builds on p-0", uri(versions.get(1)));
  }

  private List<ModelVersion> store(ModelStorageSpec spec) {
    List<ModelVersion> versions = new ArrayList<>();
    Optional<ModelVersion> parent = Optional.empty();
    for (byte[] file : files) {
      ArtifactRef ref = new ModelStore(artifacts).put(file, spec, parent);
      ModelVersion version = version(versions.size(), ref);
      versions.add(version);
      parent = Optional.of(version);
    }
    return versions;
  }

  private static String uri(ModelVersion version) {
    return version.getWeights().getUri();
  }

  private static Path path(ModelVersion version) {
    return Path.of(URI.create(uri(version)).getPath());
  }

  private static Delta delta(Operator operator, Base base, int interval) {
    return new Delta(operator, base, interval, 3, /* byteShuffle= */ true);
  }

  private static ModelVersion version(int number, ArtifactRef weights) {
    return ModelVersion.newBuilder()
        .setId("p-" + number)
        .setPipeline("p")
        .setDecisionNumber(number)
        .setTriggerNumber(number)
        .setStatus(ModelStatus.TRAINED)
        .setWeights(weights)
        .setTrainedSamples(1)
        .setTrainingSetDigest("")
        .setSliceTime(0)
        .setBoundary(List.of())
        .setSeed(0)
        .setStartedAt(0)
        .setFinishedAt(0)
        .setWorker("w")
        .setMetrics(Map.of())
        .build();
  }
}
