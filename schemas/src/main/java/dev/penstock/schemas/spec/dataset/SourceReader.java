package dev.penstock.schemas.spec.dataset;

import dev.penstock.schemas.spec.dataset.SourceSpec.Categorical;
import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.OnMissing;
import dev.penstock.schemas.spec.dataset.SourceSpec.TableSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.TimeSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a dataset's {@code source}. */
final class SourceReader {

  private static final TimeSpec DEFAULT_TIME =
      new TimeSpec.RowOrder(Instant.parse("2000-01-01T00:00:00Z"), Duration.ofSeconds(1));
  private static final List<String> DEFAULT_MISSING = List.of("", "?", "NA", "nan", "NaN", "null");

  private SourceReader() {}

  static Optional<SourceSpec> read(YamlMap map) {
    Optional<List<String>> files = map.texts("files");
    if (!map.has("files")) {
      map.problem("files", "must be given, such as files: [samples.csv]");
    }
    Optional<FormatSpec> format =
        map.requiredMap("format", "{type: csv, label: class}").flatMap(SourceReader::format);
    Optional<TimeSpec> time = map.map("time").flatMap(SourceReader::time);
    return Optional.ofNullable(
        map.build(
            () ->
                new SourceSpec(
                    files.orElseThrow(), format.orElseThrow(), time.orElse(DEFAULT_TIME))));
  }

  private static Optional<FormatSpec> format(YamlMap map) {
    return map.byType(
        Map.of(
            "csv", SourceReader::csv,
            "arff", SourceReader::arff,
            "libsvm", SourceReader::libsvm,
            "idx", SourceReader::idx,
            "images", SourceReader::images));
  }

  private static @Nullable FormatSpec csv(YamlMap map) {
    char separator = map.character("separator").orElse(',');
    boolean header = map.flag("header", Flag.TRUE);
    Optional<List<String>> columns = map.texts("columns");
    Optional<Character> comment = map.character("comment");
    boolean quoted = map.flag("quoted", Flag.TRUE);
    char quote = map.character("quote").orElse('"');
    TableFields table = new TableFields(map);
    return map.build(
        () ->
            new FormatSpec.Csv(
                separator,
                header,
                columns.orElse(List.of()),
                comment,
                quoted ? Optional.of(quote) : Optional.empty(),
                table.build()));
  }

  private static @Nullable FormatSpec arff(YamlMap map) {
    TableFields table = new TableFields(map);
    return map.build(() -> new FormatSpec.Arff(table.build()));
  }

  private static @Nullable FormatSpec libsvm(YamlMap map) {
    return map.build(FormatSpec.Libsvm::new);
  }

  private static @Nullable FormatSpec idx(YamlMap map) {
    Optional<List<String>> labels = map.texts("labels");
    if (!map.has("labels")) {
      map.problem("labels", "must be given, such as labels: [train-labels-idx1-ubyte.gz]");
    }
    return map.build(() -> new FormatSpec.Idx(labels.orElseThrow()));
  }

  private static @Nullable FormatSpec images(YamlMap map) {
    int width = map.smallInteger("width", 28);
    int height = map.smallInteger("height", 28);
    boolean color = map.flag("color", Flag.FALSE);
    return map.build(() -> new FormatSpec.Images(width, height, color));
  }

  private static Optional<TimeSpec> time(YamlMap map) {
    return map.byType(
        Map.of("row-order", SourceReader::rowOrder, "columns", SourceReader::columns));
  }

  private static @Nullable TimeSpec rowOrder(YamlMap map) {
    Optional<Instant> start = map.instant("start");
    Optional<Duration> step = map.duration("step");
    return map.build(
        () ->
            new TimeSpec.RowOrder(
                start.orElse(Instant.parse("2000-01-01T00:00:00Z")),
                step.orElse(Duration.ofSeconds(1))));
  }

  private static @Nullable TimeSpec columns(YamlMap map) {
    Optional<List<String>> columns = map.texts("columns");
    if (!map.has("columns")) {
      map.problem("columns", "must be given, such as columns: [date, time]");
    }
    String pattern = map.text("pattern").orElse("iso");
    return map.build(() -> new TimeSpec.Columns(columns.orElseThrow(), pattern));
  }

  /** The keys that every table has. */
  private static final class TableFields {

    private final Optional<String> label;
    private final Optional<String> key;
    private final Optional<String> text;
    private final List<String> drop;
    private final List<String> missing;
    private final OnMissing onMissing;
    private final Categorical categorical;

    TableFields(YamlMap map) {
      label = map.text("label");
      key = map.text("key");
      text = map.text("text");
      drop = map.texts("drop").orElse(List.of());
      missing = map.texts("missing").orElse(DEFAULT_MISSING);
      onMissing = map.choice("on-missing", OnMissing.SKIP, OnMissing.values());
      categorical = map.choice("categorical", Categorical.ONE_HOT, Categorical.values());
    }

    TableSpec build() {
      return new TableSpec(label, key, text, drop, missing, onMissing, categorical);
    }
  }
}
