package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.table.Numbers;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Lines of LIBSVM's format as samples with dense features. */
final class LibsvmReader implements SampleReader {

  private final LibsvmScan scan;
  private final LibsvmLines lines;
  private final RowTime time;
  private final List<String> classes;
  private final float[] features;
  private long row = -1;
  private double label;

  LibsvmReader(DatasetSpec dataset, SourceSpec source, Path directory) throws IOException {
    this.scan = LibsvmScan.of(source, directory);
    if (!(dataset.payload() instanceof PayloadSpec.Tensor tensor)
        || tensor.elements() < scan.features()
        || tensor.dtype() != PayloadSpec.Dtype.FLOAT32) {
      throw new DataException(
          "payload must be float32 of at least "
              + scan.features()
              + " elements as the files have, got "
              + dataset.payload());
    }
    this.features = new float[tensor.elements()];
    this.classes = dataset.label() instanceof LabelSpec.Classes spec ? spec.names() : List.of();
    this.time = RowTime.of(source);
    this.lines = new LibsvmLines(source, directory);
  }

  @Override
  public boolean next() throws IOException {
    if (!lines.next()) {
      return false;
    }
    row++;
    if (classes.isEmpty()) {
      label = Numbers.parse(lines.label());
    } else {
      label = classes.indexOf(lines.label());
    }
    if (!(label >= 0) && !(classes.isEmpty() && Double.isFinite(label))) {
      throw lines.error(
          "label must be "
              + (classes.isEmpty() ? "a number" : "one of " + classes)
              + ", got "
              + lines.label());
    }
    Arrays.fill(features, 0);
    lines.forEach((index, value) -> features[index - scan.first()] = value);
    return true;
  }

  @Override
  public long timestamp() {
    return time.at(row);
  }

  @Override
  public String key() {
    return String.valueOf(row);
  }

  @Override
  public LabelKind labelKind() {
    return classes.isEmpty() ? LabelKind.REAL : LabelKind.CLASS;
  }

  @Override
  public long labelClass() {
    return (long) label;
  }

  @Override
  public double labelReal() {
    return label;
  }

  @Override
  public byte[] payload() {
    ByteBuffer bytes =
        ByteBuffer.allocate(features.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(features);
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
