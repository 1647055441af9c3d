package dev.penstock.cli.demo;

import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.GaussianClusters;
import dev.penstock.datagen.stream.StreamFiles;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.yaml.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a demo runs on.
 *
 * @param dataset complete
 * @param directory that its files are relative to
 * @param pipelines at least one
 * @param samples in the files
 */
record DemoData(DatasetSpec dataset, Path directory, List<PipelineSpec> pipelines, long samples) {

  private static final long STREAM_SAMPLES = 12_000;
  private static final long SEED = 42;

  /** Enough trainings to see something, and not too few samples for each. */
  private static final long DEFAULT_TRIGGERS = 20;

  private static final long MIN_TRIGGER_SAMPLES = 200;

  /** A generated stream with two abrupt drifts. */
  static DemoData generated(Path directory) throws IOException {
    GaussianClusters stream = new GaussianClusters(10, 4, 2.5, SEED);
    DriftSchedule drift =
        new DriftSchedule(
            DriftSchedule.Kind.ABRUPT, List.of(STREAM_SAMPLES / 3, 2 * STREAM_SAMPLES / 3), 1);
    new StreamFiles(stream, drift, STREAM_SAMPLES, SEED)
        .write("clusters", directory, written -> {});
    DatasetSpec dataset = SpecReader.readDataset(directory.resolve("dataset.yaml")).complete();
    return new DemoData(
        dataset, directory, List.of(defaultPipeline(dataset, STREAM_SAMPLES)), STREAM_SAMPLES);
  }

  /** A user's dataset, with the given pipelines or a default one. */
  static DemoData of(Path file, Optional<Path> data, List<Path> pipelineFiles) throws IOException {
    DatasetDeclaration declaration = SpecReader.readDataset(file);
    Path directory = data.orElse(declaration.directory());
    DatasetSpec dataset = Recordings.describe(declaration, directory);
    long samples = 0;
    try (SampleReader reader = Recordings.open(dataset, directory)) {
      while (reader.next()) {
        samples++;
      }
    }
    List<PipelineSpec> specs =
        pipelineFiles.isEmpty()
            ? List.of(defaultPipeline(dataset, samples))
            : SpecReader.readPipelines(pipelineFiles.stream().map(SpecText::in).toList(), dataset);
    return new DemoData(dataset, directory, specs, samples);
  }

  private static PipelineSpec defaultPipeline(DatasetSpec dataset, long samples) {
    long trigger = Math.max(MIN_TRIGGER_SAMPLES, samples / DEFAULT_TRIGGERS);
    boolean images =
        dataset.payload() instanceof PayloadSpec.Tensor tensor && tensor.shape().size() > 1;
    return SpecReader.parsePipeline(
        "default pipeline",
        """
        kind: pipeline
        name: %s-demo
        dataset: %s
        trigger: {type: data-amount, num-samples: %d}
        selection: {type: new-data, tail-triggers: 1}
        training:
          model: %s
          optimizer: {type: adam, learning-rate: 0.005}
          epochs-per-trigger: 5
          batch-size: 32
          scaling: %s
        evaluation: {slice: {samples: %d}}
        """
            .formatted(
                dataset.name().substring(0, Math.min(58, dataset.name().length())),
                dataset.name(),
                trigger,
                images ? "{type: cnn, filters: [8, 16], hidden: 64}" : "{type: mlp, hidden: [64]}",
                images ? "unit" : "standard",
                Math.max(1, trigger / 2)));
  }

  /** Keeps what is run beside its results. */
  void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("dataset.yaml"), SpecYaml.write(dataset));
    for (PipelineSpec pipeline : pipelines) {
      Files.writeString(folder.resolve(pipeline.name() + ".yaml"), SpecYaml.write(pipeline));
    }
  }
}
