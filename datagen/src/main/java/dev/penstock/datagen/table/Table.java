package dev.penstock.datagen.table;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.file.SourceFile;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.TableSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.TimeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table whose columns are known by one pass over it: what is a feature, and what its values are.
 *
 * @param spec what the columns mean
 * @param time where event time comes from
 * @param columns names of the columns
 * @param label index of the label's column, or -1
 * @param key index of the key's column, or -1
 * @param text index of the text's column, or -1
 * @param timeColumns indexes of the time's columns
 * @param features indexes of the feature columns
 * @param encoders of the feature columns
 * @param labels what the label's column holds
 */
public record Table(
    TableSpec spec,
    TimeSpec time,
    List<String> columns,
    int label,
    int key,
    int text,
    List<Integer> timeColumns,
    List<Integer> features,
    List<FeatureColumn> encoders,
    ColumnValues labels) {

  /** Labels of more different numbers than this are regression targets. */
  private static final int MAX_CLASSES = 100;

  /** The rows of a source in a format with columns. Close them. */
  public static Rows rows(SourceSpec source, Path directory) throws IOException {
    FormatSpec format = source.format();
    List<SourceFile> files = SourceFile.of(source, directory);
    if (format instanceof FormatSpec.Csv csv) {
      return new CsvRows(csv, files);
    }
    if (format instanceof FormatSpec.Arff) {
      return new ArffRows(files);
    }
    throw new IllegalArgumentException("No table in " + format);
  }

  /** Learns a table by reading it once. */
  public static Table scan(SourceSpec source, TableSpec spec, Path directory) throws IOException {
    try (Rows rows = rows(source, directory)) {
      List<String> columns = rows.columns();
      int label = spec.label().isPresent() ? index(columns, spec.label().get(), "label") : -1;
      int key = spec.key().isPresent() ? index(columns, spec.key().get(), "key") : -1;
      int text = spec.text().isPresent() ? index(columns, spec.text().get(), "text") : -1;
      List<Integer> timeColumns = new ArrayList<>();
      if (source.time() instanceof TimeSpec.Columns time) {
        for (String column : time.columns()) {
          timeColumns.add(index(columns, column, "time.columns"));
        }
      }
      List<Integer> dropped = new ArrayList<>(timeColumns);
      dropped.add(label);
      dropped.add(key);
      for (String column : spec.drop()) {
        dropped.add(index(columns, column, "drop"));
      }
      List<Integer> features = new ArrayList<>();
      for (int column = 0; column < columns.size() && text < 0; column++) {
        if (!dropped.contains(column)) {
          features.add(column);
        }
      }
      if (features.isEmpty() && text < 0) {
        throw new DataException("table must have a feature column, got " + columns);
      }
      ColumnValues labels = new ColumnValues();
      List<ColumnValues> values = learn(rows, spec, features, label, labels);
      List<FeatureColumn> encoders =
          values.stream().map(column -> FeatureColumn.of(column, spec.categorical())).toList();
      return new Table(
          spec, source.time(), columns, label, key, text, timeColumns, features, encoders, labels);
    }
  }

  private static List<ColumnValues> learn(
      Rows rows, TableSpec spec, List<Integer> features, int label, ColumnValues labels)
      throws IOException {
    List<ColumnValues> values = new ArrayList<>();
    features.forEach(column -> values.add(new ColumnValues()));
    while (rows.next()) {
      for (int i = 0; i < features.size(); i++) {
        String value = rows.value(features.get(i));
        if (!spec.missing().contains(value)) {
          values.get(i).add(value);
        }
      }
      if (label >= 0 && !spec.missing().contains(rows.value(label))) {
        labels.add(rows.value(label));
      }
    }
    return values;
  }

  /** What the columns make a payload. */
  public PayloadSpec payload() {
    return text >= 0
        ? new PayloadSpec.Text(1 << 16)
        : new PayloadSpec.Tensor(PayloadSpec.Dtype.FLOAT32, List.of(width()));
  }

  /** What the label's column makes a label. */
  public LabelSpec labelSpec() {
    if (spec.label().isEmpty()) {
      return new LabelSpec.None();
    }
    boolean words = !labels.isNumeric();
    boolean classes =
        labels.isIntegral() && !labels.isOverflown() && labels.distinctNumbers() <= MAX_CLASSES;
    if (!words && !classes) {
      return new LabelSpec.Real();
    }
    if (labels.isOverflown() || labels.sorted().size() < 2) {
      throw new DataException(
          "label "
              + spec.label().get()
              + " must have from 2 to 10000 values, got "
              + (labels.isOverflown() ? "more" : labels.sorted()));
    }
    return new LabelSpec.Classes(names());
  }

  /** One name for each number, in the form that was met first in the order of sizes. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    Optional<Double> before = Optional.empty();
    for (String name : labels.sorted()) {
      double number = Numbers.parse(name);
      if (!labels.isNumeric() || before.isEmpty() || before.get() != number) {
        names.add(name);
      }
      before = Optional.of(number);
    }
    return names;
  }

  /** Number of features. */
  public int width() {
    return encoders.stream().mapToInt(FeatureColumn::width).sum();
  }

  private static int index(List<String> columns, String name, String role) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new DataException(role + " must be a column of " + columns + ", got " + name);
    }
    return index;
  }
}
