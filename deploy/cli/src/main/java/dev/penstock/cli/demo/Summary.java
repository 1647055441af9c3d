package dev.penstock.cli.demo;

import dev.penstock.schemas.Evaluation;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells at the end of a demo how the composite models did. */
final class Summary {

  private final PrintStream out;

  Summary(PrintStream out) {
    this.out = out;
  }

  void print(String pipeline, long trainings, List<Evaluation> slices) {
    List<Evaluation> scored =
        slices.stream().filter(slice -> !slice.getMetrics().isEmpty()).toList();
    out.printf("%nPipeline %s: %d trainings, %d slices%n", pipeline, trainings, slices.size());
    if (scored.isEmpty()) {
      out.println("  No slice was scored: more samples are needed than one trigger takes.");
      return;
    }
    boolean classes = scored.get(0).getMetrics().containsKey("accuracy");
    if (classes) {
      printClasses(scored);
    } else {
      printReal(scored);
    }
  }

  private void printClasses(List<Evaluation> scored) {
    out.printf(
        "  %-28s %8s   %s%n",
        "over " + samples(scored) + " samples", "accuracy", "(test-then-train)");
    row("composite model", mean(scored, "accuracy"));
    row("majority class", mean(scored, "majorityAccuracy"));
    row("no change", mean(scored, "noChangeAccuracy"));
    double noChange = mean(scored, "noChangeAccuracy");
    row("kappa-temporal", (mean(scored, "accuracy") - noChange) / (1 - noChange));
    for (Evaluation slice : scored) {
      double accuracy = value(slice, "accuracy");
      out.printf(
          Locale.ROOT,
          "  slice %4d  %5.3f  %s%n",
          slice.getSlice(),
          accuracy,
          "#".repeat((int) Math.round(50 * Math.max(0, accuracy))));
    }
    fall(scored);
  }

  private void printReal(List<Evaluation> scored) {
    out.printf(
        "  %-28s %8s   %s%n", "over " + samples(scored) + " samples", "rmse", "(test-then-train)");
    row("composite model", rootMeanSquare(scored, "rmse"));
    row("mean so far", rootMeanSquare(scored, "meanRmse"));
    row("no change", rootMeanSquare(scored, "noChangeRmse"));
  }

  /** The steepest fall from one slice to the next, and how long the way back was. */
  private void fall(List<Evaluation> scored) {
    int deepest = 0;
    double depth = 0;
    for (int i = 1; i < scored.size(); i++) {
      double fall = value(scored.get(i - 1), "accuracy") - value(scored.get(i), "accuracy");
      if (fall > depth) {
        depth = fall;
        deepest = i;
      }
    }
    if (deepest == 0) {
      return;
    }
    double before = value(scored.get(deepest - 1), "accuracy");
    double after = value(scored.get(deepest), "accuracy");
    out.printf(
        Locale.ROOT,
        "  Steepest fall: from %.3f in slice %d to %.3f in slice %d.%n",
        before,
        scored.get(deepest - 1).getSlice(),
        after,
        scored.get(deepest).getSlice());
    for (int i = deepest + 1; i < scored.size(); i++) {
      double now = value(scored.get(i), "accuracy");
      if (now >= before - depth / 4) {
        out.printf(
            Locale.ROOT,
            "  Recovered: %.3f in slice %d, by model %s.%n",
            now,
            scored.get(i).getSlice(),
            String.join(", ", scored.get(i).getModels().keySet()));
        return;
      }
    }
  }

  private void row(String name, double value) {
    out.printf(Locale.ROOT, "  %-28s %8.4f%n", name, value);
  }

  private static long samples(List<Evaluation> slices) {
    return slices.stream().mapToLong(Evaluation::getScored).sum();
  }

  private static double mean(List<Evaluation> slices, String metric) {
    double sum = 0;
    for (Evaluation slice : slices) {
      sum += slice.getScored() * value(slice, metric);
    }
    return sum / samples(slices);
  }

  private static double rootMeanSquare(List<Evaluation> slices, String metric) {
    double sum = 0;
    for (Evaluation slice : slices) {
      sum += slice.getScored() * value(slice, metric) * value(slice, metric);
    }
    return Math.sqrt(sum / samples(slices));
  }

  private static double value(Evaluation slice, String metric) {
    Map<String, Double> metrics = slice.getMetrics();
    return metrics.getOrDefault(metric, Double.NaN);
  }
}
