package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.table.Table;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the recorded files of a dataset, of any format. */
public final class Recordings {

  private Recordings() {}

  /**
   * The dataset with what its declaration leaves to be inferred from the files.
   *
   * @param directory that the files are relative to
   */
  public static DatasetSpec describe(DatasetDeclaration declaration, Path directory)
      throws IOException {
    if (declaration.isComplete()) {
      return declaration.complete();
    }
    SourceSpec source = declaration.source().orElseThrow();
    if (source.format() instanceof FormatSpec.Tabular tabular) {
      return describe(declaration, Table.scan(source, tabular.table(), directory));
    }
    if (source.format() instanceof FormatSpec.Idx idx) {
      try (IdxReader reader = new IdxReader(idx, source, directory)) {
        return declaration.complete(reader.payloadSpec(), reader.labelSpec());
      }
    }
    if (source.format() instanceof FormatSpec.Libsvm) {
      LibsvmScan scan = LibsvmScan.of(source, directory);
      return declaration.complete(scan.payload(), scan.label());
    }
    if (source.format() instanceof FormatSpec.Images images) {
      ImageReader reader = new ImageReader(images, source, directory);
      return declaration.complete(reader.payloadSpec(), reader.labelSpec());
    }
    throw new IllegalArgumentException("No reader for " + source.format());
  }

  private static DatasetSpec describe(DatasetDeclaration declaration, Table table) {
    return declaration.complete(
        declaration.payload().orElseGet(table::payload),
        declaration.label().orElseGet(table::labelSpec));
  }

  /**
   * The dataset's samples, their labels as they were recorded.
   *
   * @param directory that the files are relative to
   */
  public static SampleReader open(DatasetSpec dataset, Path directory) throws IOException {
    SourceSpec source =
        dataset
            .source()
            .orElseThrow(
                () ->
                    new DataException(
                        "dataset " + dataset.name() + " must have a source to be read from"));
    if (source.format() instanceof FormatSpec.Tabular tabular) {
      Table table = Table.scan(source, tabular.table(), directory);
      return new TableReader(table, dataset.recorded(), source, directory);
    }
    if (source.format() instanceof FormatSpec.Idx idx) {
      return new IdxReader(idx, source, directory);
    }
    if (source.format() instanceof FormatSpec.Libsvm) {
      return new LibsvmReader(dataset.recorded(), source, directory);
    }
    if (source.format() instanceof FormatSpec.Images images) {
      return new ImageReader(images, source, directory);
    }
    throw new IllegalArgumentException("No reader for " + source.format());
  }
}
