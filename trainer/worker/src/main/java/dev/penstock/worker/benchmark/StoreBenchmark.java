package dev.penstock.worker.benchmark;

import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.request.TrainingSettings;
import dev.penstock.worker.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/**
 * A model and its fine-tunings on the samples that come after, each stored in every way: bytes of a
 * version, time to store it, and time to load it with nothing kept. Every one is compared with what
 * was trained, bit for bit.
 *
 * @param versions fine-tunings after the first model
 * @param samples that the first model and each fine-tuning is trained on
 * @param chosen ways to store, by their names in the report; none: all of them
 */
record StoreBenchmark(
    KafkaSettings kafka,
    DatasetSpec dataset,
    TrainingSpec training,
    int versions,
    int samples,
    List<String> chosen,
    Path directory) {

  private static final String DELTA =
      "{type: delta, operator: %s, base: %s, zstd-level: 3, byte-shuffle: %s}";
  private static final Map<String, String> WAYS = ways();

  private static Map<String, String> ways() {
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put("safetensors", "{type: full}");
    ways.put("full zstd", "{type: full, zstd-level: 3, byte-shuffle: false}");
    ways.put("full zstd, shuffled", "{type: full, zstd-level: 3}");
    for (String operator : new String[] {"xor", "sub"}) {
      ways.put("delta " + operator, DELTA.formatted(operator, "previous", "false"));
      ways.put("delta " + operator + ", shuffled", DELTA.formatted(operator, "previous", "true"));
      ways.put(
          "delta " + operator + " to full, shuffled", DELTA.formatted(operator, "full", "true"));
    }
    return ways;
  }

  /** Trains, stores and loads. */
  BenchmarkReport run() throws IOException, InterruptedException {
    List<String> names = chosen.isEmpty() ? List.copyOf(WAYS.keySet()) : chosen;
    names.forEach(StoreBenchmark::way);
    List<ModelVersion> trained = train();
    ModelStore store = new ModelStore(ArtifactStore.open(directory.resolve("trained").toUri()));
    List<Measure> measures = new ArrayList<>();
    measures.add(rounded(trained, store));
    for (String name : names) {
      ModelStorageSpec spec = SpecJson.readModelStorage(way(name));
      Path folder = directory.resolve(name.replaceAll("\\W+", "-"));
      measures.addAll(measure(name, spec, folder, trained, store));
      // A large model in nine ways would fill the disk.
      FileUtils.deleteDirectory(folder.toFile());
    }
    return new BenchmarkReport(measures);
  }

  private static String way(String name) {
    String spec = WAYS.get(name);
    if (spec == null) {
      throw new IllegalArgumentException(
          "way must be one of " + List.copyOf(WAYS.keySet()) + ", got " + name);
    }
    return spec;
  }

  /** The first model, and one after the other. */
  private List<ModelVersion> train() throws InterruptedException {
    List<ModelVersion> trained = new ArrayList<>();
    for (int number = 0; number <= versions; number++) {
      Optional<ModelVersion> parent =
          trained.isEmpty() ? Optional.empty() : Optional.of(trained.get(number - 1));
      trained.add(new Training(request(number, parent)).train());
    }
    return trained;
  }

  private TrainingRequest request(int number, Optional<ModelVersion> parent) {
    SampleSet.Builder set = SampleSet.builder();
    for (int offset = number * samples; offset < (number + 1) * samples; offset++) {
      set.add(0, offset);
    }
    TrainingTask task =
        TrainingTask.newBuilder()
            .setId("benchmark-" + number)
            .setPipeline("benchmark")
            .setDecisionNumber(number)
            .setTriggerNumber(number + 1L)
            .setDataset(SpecJson.write(dataset))
            .setTraining(SpecJson.write(training))
            .setTrainingSet(set.build().toRecord())
            .setSliceTime(0)
            .setBoundary(List.of())
            .setSeed(number)
            .build();
    return new TrainingRequest(
        task,
        parent,
        kafka,
        directory.resolve("trained").toUri(),
        new TrainingSettings("benchmark", "cpu", /* threads= */ 1, /* fetchers= */ 1));
  }

  /** Weights that the difference of the floats, added to the base, does not give back. */
  private static Measure rounded(List<ModelVersion> trained, ModelStore store) {
    List<Double> shares = new ArrayList<>();
    List<Tensor> after = tensors(trained.get(0), store);
    for (int i = 1; i < trained.size(); i++) {
      List<Tensor> before = after;
      after = tensors(trained.get(i), store);
      long all = 0;
      long wrong = 0;
      for (int tensor = 0; tensor < after.size(); tensor++) {
        float[] base = before.get(tensor).values();
        float[] values = after.get(tensor).values();
        for (int j = 0; j < values.length; j++) {
          wrong += base[j] + (values[j] - base[j]) == values[j] ? 0 : 1;
        }
        all += values.length;
      }
      shares.add(100.0 * (double) wrong / (double) all);
    }
    return Measure.informative("weights that a float difference does not give back", "%", shares);
  }

  private static List<Tensor> tensors(ModelVersion version, ModelStore store) {
    return List.copyOf(Safetensors.read(store.safetensors(version)).values());
  }

  private static List<Measure> measure(
      String way,
      ModelStorageSpec spec,
      Path folder,
      List<ModelVersion> trained,
      ModelStore store) {
    ArtifactStore artifacts = ArtifactStore.open(folder.toUri());
    List<ModelVersion> stored = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    List<Double> storing = new ArrayList<>();
    List<Double> loading = new ArrayList<>();
    long plain = 0;
    for (int i = 0; i < trained.size(); i++) {
      Optional<ModelVersion> parent = i == 0 ? Optional.empty() : Optional.of(stored.get(i - 1));
      byte[] file = store.safetensors(trained.get(i));
      plain = file.length;
      long start = System.nanoTime();
      ArtifactRef ref = new ModelStore(artifacts).put(file, spec, parent);
      long storedAt = System.nanoTime();
      stored.add(ModelVersion.newBuilder(trained.get(i)).setWeights(ref).build());
      if (i > 0) {
        bytes.add((double) ref.getSize());
        storing.add((storedAt - start) / 1e6);
      }
    }
    for (int i = 1; i < trained.size(); i++) {
      long start = System.nanoTime();
      byte[] loaded = new ModelStore(artifacts).safetensors(stored.get(i));
      loading.add((System.nanoTime() - start) / 1e6);
      if (!Arrays.equals(loaded, store.safetensors(trained.get(i)))) {
        throw new IllegalStateException(way + " must give back version " + i + ", got other bytes");
      }
    }
    double mean = bytes.stream().mapToDouble(size -> size).average().orElseThrow();
    return List.of(
        Measure.informative(way + ", bytes of a version, mean", "B", List.of(mean)),
        Measure.informative(way + ", of safetensors", "%", List.of(100 * mean / (double) plain)),
        Measure.informative(way + ", storing", "ms", storing),
        Measure.informative(way + ", loading", "ms", loading));
  }
}
