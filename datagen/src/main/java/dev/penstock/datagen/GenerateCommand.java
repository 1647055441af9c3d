package dev.penstock.datagen;

import dev.penstock.datagen.stream.StreamFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a generated stream with its dataset and true drift points. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a seeded stream of labelled samples with drift as files:",
      "the samples, dataset.yaml that declares them, and drifts.json with the true drift points."
    })
public final class GenerateCommand implements Callable<Integer> {

  @Mixin private final StreamOptions options = new StreamOptions();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder to write to")
  private Path out = Path.of("");

  @Option(names = "--name", description = "name of the dataset (default: that of the stream)")
  private Optional<String> name = Optional.empty();

  @Option(names = "--force", description = "overwrite files that are there")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    if (!force && Files.exists(out.resolve("dataset.yaml"))) {
      throw new IllegalArgumentException(
          "out must be a folder without a dataset, got " + out + "; --force overwrites it");
    }
    StreamFiles files =
        new StreamFiles(options.stream(), options.drift(), options.samples(), options.seed());
    try (ProgressBar bar = Progress.bar("generate", "samples", options.samples())) {
      files.write(name.orElse(options.kind().name().toLowerCase(Locale.ROOT)), out, bar::stepTo);
    }
    System.err.printf("%,d samples, dataset.yaml and drifts.json in %s%n", options.samples(), out);
    return CommandLine.ExitCode.OK;
  }
}
