package dev.penstock.datagen;

import dev.penstock.datagen.reader.Recordings;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a dataset and where its files are. */
final class DatasetArguments {

  @Parameters(paramLabel = "DATASET", description = "dataset, YAML")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private Path file = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder that the dataset's files are in (default: that of the dataset)")
  private Optional<Path> data = Optional.empty();

  DatasetDeclaration declaration() {
    return SpecReader.readDataset(file);
  }

  Path directory(DatasetDeclaration declaration) {
    return data.orElse(declaration.directory());
  }

  DatasetSpec describe() throws IOException {
    DatasetDeclaration declaration = declaration();
    return Recordings.describe(declaration, directory(declaration));
  }
}
