package dev.penstock.cli.replay;

import dev.penstock.datagen.reader.DataException;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.spec.ContractSpec;
import dev.penstock.schemas.spec.DatasetDeclaration;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecText;
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
 * @param directory that its recorded files are relative to
 * @param pipelines at least one
 */
record ReplayInput(DatasetSpec dataset, Path directory, List<PipelineSpec> pipelines) {

  /** Reads the files of a new run. */
  static ReplayInput read(Path datasetFile, Optional<Path> data, List<Path> pipelineFiles)
      throws IOException {
    DatasetDeclaration declaration = SpecReader.readDataset(datasetFile);
    Path directory = data.orElse(declaration.directory()).toAbsolutePath().normalize();
    DatasetSpec dataset = withoutClock(Recordings.describe(declaration, directory));
    List<PipelineSpec> pipelines =
        SpecReader.readPipelines(pipelineFiles.stream().map(SpecText::in).toList(), dataset);
    return new ReplayInput(dataset, directory, pipelines);
  }

  /**
   * Reads the files of a run that was begun.
   *
   * @throws DataException if what was recorded is not the same any more
   */
  static ReplayInput of(RunFolder folder, Optional<Path> data) throws IOException {
    ReplayRun run = folder.run();
    ReplayInput input =
        read(
            folder.datasetFile(),
            Optional.of(data.orElse(Path.of(run.directory()))),
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
    return new ReplayRun(
        dataset.name(), directory.toString(), part, contents, partitions, seeds, versions);
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
    SampleReader all = Recordings.open(dataset, directory);
    return new RecordedSamples(all, part);
  }
}
