package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.TimeSpec;

/** Event time by row order, for formats that have no columns. */
record RowTime(long startMillis, long stepMillis) {

  static RowTime of(SourceSpec source) {
    if (source.time() instanceof TimeSpec.RowOrder order) {
      return new RowTime(order.start().toEpochMilli(), order.step().toMillis());
    }
    throw new DataException("time must be row-order where a file has no columns");
  }

  long at(long row) {
    return startMillis + row * stepMillis;
  }
}
