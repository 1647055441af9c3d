package dev.penstock.core.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The measures of a benchmark, for people and for programs. */
public record BenchmarkReport(List<Measure> measures) {

  public BenchmarkReport {
    measures = List.copyOf(measures);
  }

  /** Whether every goal is met. */
  public boolean isMet() {
    return measures.stream().allMatch(Measure::isMet);
  }

  /** Exit code of a benchmark's process: 0, or 1 when a goal is not met. */
  public int exitCode() {
    return isMet() ? 0 : 1;
  }

  /**
   * {@code {"measures":[{"name","value","unit","goal","met","runs":[…]}]}} on one line; {@code
   * goal} and {@code met} are null without a goal.
   */
  public String toJson() {
    return measures.stream()
        .map(BenchmarkReport::json)
        .collect(Collectors.joining(",", "{\"measures\":[", "]}"));
  }

  /** One line a measure: name, value, unit, goal and spread of the runs. */
  public String toTable() {
    int width = measures.stream().mapToInt(measure -> measure.name().length()).max().orElse(1);
    return measures.stream()
        .map(measure -> row(measure, width))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String json(Measure measure) {
    String runs =
        measure.runs().stream().map(BenchmarkReport::number).collect(Collectors.joining(","));
    String goal = measure.goal().map(limit -> number(limit.value())).orElse("null");
    String met = measure.goal().map(limit -> String.valueOf(measure.isMet())).orElse("null");
    return "{\"name\":%s,\"value\":%s,\"unit\":%s,\"goal\":%s,\"met\":%s,\"runs\":[%s]}"
        .formatted(
            quote(measure.name()), number(measure.value()), quote(measure.unit()), goal, met, runs);
  }

  private static String row(Measure measure, int width) {
    double min = measure.runs().stream().mapToDouble(run -> run).min().orElseThrow();
    double max = measure.runs().stream().mapToDouble(run -> run).max().orElseThrow();
    String goal =
        measure
            .goal()
            .map(
                limit ->
                    "  goal %s %s: %s"
                        .formatted(
                            limit.bound().symbol(),
                            decimal(limit.value()),
                            measure.isMet() ? "met" : "NOT MET"))
            .orElse("");
    return ("%-" + width + "s  %14s %s  (%s … %s)%s")
        .formatted(
            measure.name(),
            decimal(measure.value()),
            measure.unit(),
            decimal(min),
            decimal(max),
            goal);
  }

  /** JSON has no NaN and no infinity. */
  private static String number(double value) {
    return Double.isFinite(value) ? String.valueOf(value) : "null";
  }

  private static String decimal(double value) {
    return Math.abs(value) >= 1000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
