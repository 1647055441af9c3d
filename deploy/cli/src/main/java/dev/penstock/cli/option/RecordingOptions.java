package dev.penstock.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A dataset and its recorded files. */
public final class RecordingOptions {

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      description = "dataset, YAML; the demo and benchmarks make one up if it is absent")
  private Optional<Path> dataset = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder that the dataset's files are in (default: that of the dataset)")
  private Optional<Path> data = Optional.empty();

  /** Its declaration. */
  public Optional<Path> dataset() {
    return dataset;
  }

  /** Folder of its files; empty: that of the declaration. */
  public Optional<Path> data() {
    return data;
  }
}
