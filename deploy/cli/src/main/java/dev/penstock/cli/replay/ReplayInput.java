package dev.penstock.cli.replay;

import dev.penstock.cli.replay.recording.RecordedSamples;
import dev.penstock.cli.replay.recording.Recording;
import dev.penstock.cli.replay.results.ReplayRun;
import dev.penstock.cli.replay.results.RunFolder;
import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.ContractSpec;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.yaml.SpecText;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is replayed, read from its files.
 *
 * @param dataset complete, with a contract that does not ask the clock
 * @param recording where its samples are
 * @param kafka where they are if they are in a topic
 * @param pipelines at least one
 */
record ReplayInput(
    DatasetSpec dataset,
    Recording recording,
    Optional<KafkaSettings> kafka,
    List<PipelineSpec> pipelines) {

  /** Reads the files of a new run. */
  static ReplayInput read(
      DatasetDeclaration declaration,
      Recording recording,
      Optional<KafkaSettings> kafka,
      List<Path> pipelineFiles)
      throws IOException {
    DatasetSpec dataset =
        withoutClock(
            recording.inTopic()
                ? declaration.complete()
                : Recordings.describe(declaration, Path.of(recording.directory())));
    List<PipelineSpec> pipelines =
        SpecReader.readPipelines(pipelineFiles.stream().map(SpecText::in).toList(), dataset);
    return new ReplayInput(dataset, recording, kafka, pipelines);
  }

  /**
   * Reads the files of a run that was begun.
   *
   * @throws DataException if what was recorded is not the same any more
   */
  static ReplayInput of(RunFolder folder, Optional<Path> data, Optional<KafkaSettings> kafka)
      throws IOException {
    ReplayRun run = folder.run();
    ReplayInput input =
        read(
            SpecReader.readDataset(folder.datasetFile()),
            data.map(Recording::files).orElse(run.recording()),
            kafka,
            run.names().stream().map(folder::pipelineFile).toList());
    RecordedSamples.Contents contents = input.contents(run.part());
    if (!contents.equals(run.contents())) {
      throw new DataException(
          "recorded samples must be those that the run was begun with, "
              + run.contents()
              + ", got "
              + contents);
    }
    return input;
  }

  /** In a replay, a sample is never early and a partition never quiet but for a training. */
  private static DatasetSpec withoutClock(DatasetSpec dataset) {
    return new DatasetSpec(
        dataset.name(),
        dataset.topic(),
        dataset.payload(),
        dataset.label(),
        new ContractSpec(Optional.empty(), Optional.empty()),
        dataset.source());
  }

  /** The run of a part of the samples, which holds so much. */
  ReplayRun run(
      RecordedSamples.Part part,
      RecordedSamples.Contents contents,
      int partitions,
      Map<String, String> versions) {
    Map<String, Long> seeds = new LinkedHashMap<>();
    pipelines.forEach(pipeline -> seeds.put(pipeline.name(), pipeline.training().seed()));
    return new ReplayRun(dataset.name(), recording, part, contents, partitions, seeds, versions);
  }

  /**
   * Reads the samples of a part.
   *
   * @throws DataException if there are none
   */
  RecordedSamples.Contents contents(RecordedSamples.Part part) throws IOException {
    try (RecordedSamples samples = samples(part)) {
      RecordedSamples.Contents contents = samples.contents();
      if (contents.samples() == 0) {
        throw new DataException(
            "dataset " + dataset.name() + " must have samples in the time to replay, got none");
      }
      return contents;
    }
  }

  /** The samples of a part, from the first. */
  RecordedSamples samples(RecordedSamples.Part part) throws IOException {
    return new RecordedSamples(recording.open(dataset, kafka), part);
  }
}
