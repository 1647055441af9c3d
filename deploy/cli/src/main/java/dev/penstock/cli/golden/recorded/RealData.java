package dev.penstock.cli.golden.recorded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A recorded dataset, and how cases name its columns and chunks.
 *
 * @param form what it is
 * @param recorded its rows
 */
record RealData(Form form, RecordedColumns recorded) {

  /** {@code rows 0:2015}, both in it. */
  private static final Pattern ROWS = Pattern.compile("(?:rows )?(\\d+):(\\d+)");

  /** A year, or a month of one. */
  private static final Pattern TIME = Pattern.compile("(\\d{4})(?:-(\\d{2}))?");

  private static final Pattern BEFORE = Pattern.compile("\\w+ < (\\d{4}-\\d{2}-\\d{2})");

  /**
   * What a dataset is.
   *
   * @param folder that it is in
   * @param yaml its declaration
   * @param features their names in order; empty: the label is a category, and all there is
   * @param label its name, compared too if it is a number
   * @param mean name of the label's mean; of classes that of the first one's share
   */
  private record Form(
      String folder, String yaml, List<String> features, String label, String mean) {}

  private static final Map<String, Form> FORMS =
      Map.of(
          "bike_sharing hour.csv",
          new Form(
              "bike_sharing",
              """
              kind: dataset
              name: bike-sharing
              source:
                files: ["bike_sharing_dataset.zip!hour.csv"]
                format:
                  {type: csv, label: cnt, drop: [instant, season, yr, mnth, holiday, weekday,
                   workingday, weathersit, casual, registered]}
                time: {type: columns, columns: [dteday, hr], pattern: y-MM-dd H}
              """,
              List.of("temp", "atemp", "hum", "windspeed"),
              "cnt",
              "cnt_mean"),
          "elec2",
          new Form(
              "elec2",
              """
              kind: dataset
              name: elec2
              source:
                files: [Electricity.arff.zip]
                format: {type: arff, label: class, drop: [date, day, period]}
                time: {type: row-order, start: 1996-05-07, step: 30m}
              label: {type: classes, names: [DOWN, UP]}
              """,
              List.of("nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"),
              "class",
              "p_up"),
          "arxiv_titles primary_cat",
          new Form(
              "arxiv_titles",
              """
              kind: dataset
              name: arxiv-titles
              source:
                files: ["*.tsv.xz"]
                format: {type: csv, separator: "\\t", quoted: false, label: primary_cat, text: title}
                time: {type: columns, columns: [created]}
              """,
              List.of(),
              "primary_cat",
              ""));

  /** The dataset of a case; empty: there is none by this name, or it is not in the data folder. */
  static Optional<RealData> read(String name, Path data) {
    Form form = FORMS.get(name);
    if (form == null) {
      return Optional.empty();
    }
    try {
      return RecordedColumns.read(data.resolve(form.folder), form.yaml)
          .map(recorded -> new RealData(form, recorded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isCategorical() {
    return form.features.isEmpty();
  }

  /** Names of the columns of numbers. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(form.features);
    if (recorded.names().isEmpty()) {
      columns.add(form.label);
    }
    return columns;
  }

  /** Name of the mean of {@link #labels}. */
  String mean() {
    return form.mean;
  }

  boolean isMean(String value) {
    return value.equals(form.mean);
  }

  double[] column(String name, int[] rows) {
    return name.equals(form.label)
        ? recorded.labels(rows)
        : recorded.feature(form.features.indexOf(name), rows);
  }

  double[] labels(int[] rows) {
    return recorded.labels(rows);
  }

  /** The rows that a case names; empty: they are named in no way that is known. */
  Optional<int[]> rows(String named) {
    Matcher rows = ROWS.matcher(named);
    if (rows.matches()) {
      int last = Math.min(Integer.parseInt(rows.group(2)), recorded.size() - 1);
      return Optional.of(IntStream.rangeClosed(Integer.parseInt(rows.group(1)), last).toArray());
    }
    Matcher before = BEFORE.matcher(named);
    if (before.matches()) {
      return Optional.of(between(LocalDate.MIN, LocalDate.parse(before.group(1))));
    }
    Matcher time = TIME.matcher(named);
    if (!time.matches()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(time.group(1));
    if (time.group(2) == null) {
      return Optional.of(between(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1)));
    }
    LocalDate month = LocalDate.of(year, Integer.parseInt(time.group(2)), 1);
    return Optional.of(between(month, month.plusMonths(1)));
  }

  private int[] between(LocalDate from, LocalDate to) {
    return IntStream.range(0, recorded.size())
        .filter(
            row -> {
              LocalDate day =
                  Instant.ofEpochMilli(recorded.times()[row])
                      .atOffset(ZoneOffset.UTC)
                      .toLocalDate();
              return !day.isBefore(from) && day.isBefore(to);
            })
        .toArray();
  }
}
