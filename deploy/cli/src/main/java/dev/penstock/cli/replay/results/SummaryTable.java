package dev.penstock.cli.replay.results;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what became of a run, a row a pipeline. */
public final class SummaryTable {

  private final PrintStream out;

  public SummaryTable(PrintStream out) {
    this.out = out;
  }

  public void print(RunSummary summary, RunTiming timing) {
    boolean real =
        summary.pipelines().stream().anyMatch(result -> result.metrics().containsKey("rmse"));
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("pipeline", "scored"));
    head.addAll(
        real
            ? List.of("rmse", "mean so far", "no change")
            : List.of("accuracy", "majority", "no change", "kappa-t"));
    head.addAll(List.of("trainings", "failed", "samples trained", "training s", "latency s"));
    rows.add(head);
    List<String> metrics = new ArrayList<>(real ? CompositeScore.REALS : CompositeScore.CLASSES);
    if (!real) {
      metrics.add(CompositeScore.KAPPA);
    }
    for (PipelineResult result : summary.pipelines()) {
      List<String> row = new ArrayList<>();
      row.add(result.pipeline());
      row.add(count(result.scored()));
      for (String metric : metrics) {
        row.add(number("%.4f", result.metrics().getOrDefault(metric, Double.NaN)));
      }
      row.add(count(result.trainings()));
      row.add(count(result.failedTrainings()));
      row.add(count(result.trainedSamples()));
      row.add(number("%.1f", timing.trainingSeconds().getOrDefault(result.pipeline(), 0.0)));
      row.add(number("%,.1f", result.incorporationLatencySeconds()));
      rows.add(row);
    }
    print(rows);
    out.printf(
        Locale.ROOT,
        "%,d samples of %s in %s, evaluated in %s%n",
        summary.samples(),
        summary.dataset(),
        duration(timing.replaySeconds()),
        duration(timing.evaluationSeconds()));
    out.println(
        "Metrics are over the scored samples, those for which a model was there"
            + " (test-then-train)."
            + (real ? "" : " kappa-t: kappa-temporal, beyond no change."));
    out.println(
        "Latency: mean slice time from a sample's event time until the boundary of the trigger that"
            + " includes it.");
  }

  private void print(List<List<String>> rows) {
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < row.size(); column++) {
        int index = column;
        int width = rows.stream().mapToInt(each -> each.get(index).length()).max().orElse(1);
        String format = "%" + (column == 0 ? "-" : "") + width + "s";
        cells.add(String.format(Locale.ROOT, format, row.get(column)));
      }
      out.println(cells.stream().collect(Collectors.joining("  ")).stripTrailing());
    }
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static String duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 10) * 100)
        .toString()
        .substring(2)
        .toLowerCase(Locale.ROOT);
  }
}
