package dev.penstock.datagen.reader;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.table.FeatureColumn;
import dev.penstock.datagen.table.Numbers;
import dev.penstock.datagen.table.Rows;
import dev.penstock.datagen.table.Table;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.OnMissing;
import dev.penstock.schemas.spec.dataset.SourceSpec.TimeSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a table as samples. */
final class TableReader implements SampleReader {

  private final Table table;
  private final Rows rows;
  private final Map<String, Integer> classes = new HashMap<>();
  private final LabelKind labelKind;
  private final int textBytes;
  private final EventTimes.@Nullable Parser timeParser;
  private float[] features;
  private long row = -1;
  private long timestamp;
  private int labelClass;
  private double labelReal;
  private byte[] payload = new byte[0];

  TableReader(Table table, DatasetSpec dataset, SourceSpec source, Path directory)
      throws IOException {
    this.table = table;
    this.labelKind = kind(dataset.label());
    if (dataset.label() instanceof LabelSpec.Classes spec) {
      for (String name : spec.names()) {
        classes.put(name, classes.size());
      }
    }
    this.textBytes = dataset.payload() instanceof PayloadSpec.Text text ? text.maxBytes() : 0;
    this.features = new float[table.width()];
    this.timeParser =
        source.time() instanceof TimeSpec.Columns columns ? EventTimes.parser(columns) : null;
    checkShape(dataset);
    this.rows = Table.rows(source, directory);
  }

  private static LabelKind kind(LabelSpec label) {
    if (label instanceof LabelSpec.None) {
      return LabelKind.NONE;
    }
    return label instanceof LabelSpec.Real ? LabelKind.REAL : LabelKind.CLASS;
  }

  private void checkShape(DatasetSpec dataset) {
    if (dataset.payload() instanceof PayloadSpec.Tensor tensor
        && (tensor.elements() != table.width() || tensor.dtype() != PayloadSpec.Dtype.FLOAT32)) {
      throw new DataException(
          "payload must be float32 of "
              + table.width()
              + " elements as the files have, got "
              + tensor);
    }
  }

  @Override
  public boolean next() throws IOException {
    while (rows.next()) {
      row++;
      if (readLabel() && readPayload()) {
        timestamp = time();
        return true;
      }
    }
    return false;
  }

  private boolean readLabel() {
    if (labelKind == LabelKind.NONE) {
      return true;
    }
    String value = rows.value(table.label());
    if (isMissing(value)) {
      return false;
    }
    if (labelKind == LabelKind.REAL) {
      labelReal = Numbers.parse(value);
      if (!Double.isFinite(labelReal)) {
        throw rows.error("label must be a number, got " + value);
      }
      return true;
    }
    Integer index = classes.get(value);
    if (index == null) {
      index = sameNumber(value);
      classes.put(value, index);
    }
    labelClass = index;
    return true;
  }

  /** The class whose name is the same number in another form, such as 1.0 for 1. */
  private int sameNumber(String value) {
    double number = Numbers.parse(value);
    for (Map.Entry<String, Integer> named : classes.entrySet()) {
      if (Numbers.parse(named.getKey()) == number) {
        return named.getValue();
      }
    }
    throw rows.error("label must be one of " + classes.keySet() + ", got " + value);
  }

  private boolean readPayload() {
    if (table.text() >= 0) {
      payload = rows.value(table.text()).getBytes(StandardCharsets.UTF_8);
      if (payload.length > textBytes) {
        throw rows.error(
            "text must have at most "
                + textBytes
                + " bytes, got "
                + payload.length
                + "; raise payload.max-bytes");
      }
      return true;
    }
    float[] previous = features;
    features = new float[previous.length];
    int position = 0;
    for (int i = 0; i < table.features().size(); i++) {
      FeatureColumn encoder = table.encoders().get(i);
      if (!encode(i, encoder, position, previous)) {
        features = previous;
        return false;
      }
      position += encoder.width();
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(features.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(features);
    payload = bytes.array();
    return true;
  }

  /** False: a feature is missing and the row is to be left out. */
  private boolean encode(int feature, FeatureColumn encoder, int position, float[] previous) {
    String value = rows.value(table.features().get(feature));
    if (isMissing(value)) {
      if (table.spec().onMissing() == OnMissing.PREVIOUS) {
        System.arraycopy(previous, position, features, position, encoder.width());
      }
      return table.spec().onMissing() != OnMissing.SKIP;
    }
    if (!encoder.encode(value, features, position)) {
      throw rows.error(
          "column "
              + table.columns().get(table.features().get(feature))
              + " must be a number, got "
              + value
              + "; add it to drop, or "
              + value
              + " to missing");
    }
    return true;
  }

  private long time() {
    if (table.time() instanceof TimeSpec.RowOrder order) {
      return order.start().plus(order.step().multipliedBy(row)).toEpochMilli();
    }
    String text = join(table.timeColumns());
    try {
      return timeParser == null ? 0 : timeParser.parse(text);
    } catch (DateTimeException | NumberFormatException e) {
      throw rows.error("time must be as time.pattern declares, got " + text);
    }
  }

  private String join(List<Integer> columns) {
    return columns.stream().map(rows::value).collect(Collectors.joining(" "));
  }

  private boolean isMissing(String value) {
    return table.spec().missing().contains(value);
  }

  @Override
  public long timestamp() {
    return timestamp;
  }

  @Override
  public String key() {
    return table.key() >= 0 ? rows.value(table.key()) : String.valueOf(row);
  }

  @Override
  public LabelKind labelKind() {
    return labelKind;
  }

  @Override
  public long labelClass() {
    return labelClass;
  }

  @Override
  public double labelReal() {
    return labelReal;
  }

  @Override
  public byte[] payload() {
    return payload;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
