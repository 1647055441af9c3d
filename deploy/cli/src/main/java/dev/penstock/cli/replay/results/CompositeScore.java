package dev.penstock.cli.replay.results;

import dev.penstock.core.evaluation.KappaTemporal;
import dev.penstock.schemas.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a pipeline's composite model and its baselines did over all samples that were scored. */
public final class CompositeScore {

  /** Baselines stand beside the metric that they are compared with. */
  public static final List<String> CLASSES =
      List.of("accuracy", "majorityAccuracy", "noChangeAccuracy");

  public static final List<String> REALS = List.of("rmse", "meanRmse", "noChangeRmse");

  /** Of classes: the accuracy beyond no change, over what no change leaves. */
  public static final String KAPPA = "kappaTemporal";

  private final SortedMap<String, Double> sums = new TreeMap<>();
  private long scored;

  /** Adds a slice. */
  public void add(Evaluation slice) {
    Map<String, Double> metrics = slice.getMetrics();
    if (metrics.isEmpty()) {
      return;
    }
    scored += slice.getScored();
    for (String metric : CLASSES) {
      add(metric, metrics, slice.getScored(), 1);
    }
    for (String metric : REALS) {
      add(metric, metrics, slice.getScored(), metrics.getOrDefault(metric, 0.0));
    }
  }

  private void add(String metric, Map<String, Double> metrics, long samples, double factor) {
    if (metrics.containsKey(metric)) {
      sums.merge(metric, samples * factor * metrics.get(metric), Double::sum);
    }
  }

  /** Samples that were scored. */
  public long scored() {
    return scored;
  }

  /** Metric name to value over all scored samples; empty if there are none. */
  public SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    sums.forEach(
        (metric, sum) ->
            values.put(metric, REALS.contains(metric) ? Math.sqrt(sum / scored) : sum / scored));
    Double accuracy = values.get("accuracy");
    Double noChange = values.get("noChangeAccuracy");
    if (accuracy != null && noChange != null) {
      values.put(KAPPA, KappaTemporal.of(accuracy, noChange));
    }
    return values;
  }

  /** A metric over all scored samples; NaN if there are none. */
  public double value(String metric) {
    return values().getOrDefault(metric, Double.NaN);
  }
}
