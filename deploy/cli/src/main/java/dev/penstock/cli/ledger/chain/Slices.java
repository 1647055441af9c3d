package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.text.Figures;
import dev.penstock.schemas.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a model did on its first slices, beside the slice before. */
public final class Slices {

  /** What is told of a slice, by the first of these that it has; else by any. */
  private static final List<String> MAIN_METRICS = List.of("accuracy", "rmse");

  private Slices() {}

  static String sentence(Chain chain) {
    if (chain.after().isEmpty()) {
      return "No slice has been tested with it yet.";
    }
    String model =
        chain.decision().message().getPipeline() + "-" + chain.decision().message().getNumber();
    String metric = metric(chain.after().get(0).getMetrics());
    Evaluation before = chain.before();
    List<String> parts = new ArrayList<>();
    if (before != null) {
      parts.add(
          "%s in slice %d, the last before it"
              .formatted(Figures.number(value(before, metric)), before.getSlice()));
    }
    for (Evaluation slice : chain.after()) {
      parts.add(after(slice, metric, before, slice.getModels().getOrDefault(model, 0L)));
    }
    return metric + " " + String.join("; ", parts) + ".";
  }

  private static String after(
      Evaluation slice, String metric, @Nullable Evaluation before, long byModel) {
    String change =
        before == null
            ? ""
            : " (%s)".formatted(signed(value(slice, metric) - value(before, metric)));
    return "%s%s in slice %d, of which it tested %s of %s"
        .formatted(
            Figures.number(value(slice, metric)),
            change,
            slice.getSlice(),
            Figures.count(byModel),
            Figures.count(slice.getScored(), "sample"));
  }

  private static String signed(double change) {
    return (change < 0 ? "" : "+") + Figures.number(change);
  }

  private static String metric(Map<String, Double> metrics) {
    return MAIN_METRICS.stream()
        .filter(metrics::containsKey)
        .findFirst()
        .orElseGet(() -> metrics.isEmpty() ? "accuracy" : new TreeMap<>(metrics).firstKey());
  }

  private static double value(Evaluation slice, String metric) {
    return slice.getMetrics().getOrDefault(metric, Double.NaN);
  }
}
