package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.table.ColumnValues;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What one pass over files of LIBSVM's format tells.
 *
 * @param first lowest index, 0 or 1
 * @param last highest index
 * @param labels what the labels are
 */
record LibsvmScan(int first, int last, ColumnValues labels) {

  private static final int MAX_CLASSES = 100;

  static LibsvmScan of(SourceSpec source, Path directory) throws IOException {
    ColumnValues labels = new ColumnValues();
    int[] range = {1, 0};
    try (LibsvmLines lines = new LibsvmLines(source, directory)) {
      while (lines.next()) {
        labels.add(lines.label());
        lines.forEach(
            (index, value) -> {
              range[0] = Math.min(range[0], index);
              range[1] = Math.max(range[1], index);
            });
      }
    }
    if (range[1] < range[0]) {
      throw new DataException("files must have a feature, such as 1:0.5, got none");
    }
    return new LibsvmScan(range[0], range[1], labels);
  }

  int features() {
    return last - first + 1;
  }

  PayloadSpec payload() {
    return new PayloadSpec.Tensor(PayloadSpec.Dtype.FLOAT32, List.of(features()));
  }

  LabelSpec label() {
    boolean classes =
        !labels.isNumeric() || (labels.isIntegral() && labels.distinctNumbers() <= MAX_CLASSES);
    return classes ? new LabelSpec.Classes(labels.sorted()) : new LabelSpec.Real();
  }
}
