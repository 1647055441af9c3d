package dev.penstock.cli.bench.alarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * False alarms of all metrics.
 *
 * @param scores in the order of the metrics
 */
public record AlarmTable(List<AlarmScore> scores) {

  public AlarmTable {
    scores = List.copyOf(scores);
  }

  /** A row a metric. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "metric        false alarms in 10^6 samples  streams within  drifts  mean delay,\n");
    text.append("                first 10^6   later ones       the budget      found   samples\n");
    for (AlarmScore score : scores) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-14s  %10s  %11s  %15s  %10s  %8s%n",
              score.metric(),
              number(score.firstPerMillion(), "%.2f"),
              number(score.laterPerMillion(), "%.2f"),
              score.within() + " of " + score.streams(),
              score.found() + " of " + score.streams(),
              number(score.meanDelay(), "%.0f")));
    }
    return text.toString().stripTrailing();
  }

  /** An array of one object a metric; a figure that there is not is null. */
  public String toJson() {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (AlarmScore score : scores) {
      ObjectNode node = all.addObject();
      node.put("metric", score.metric());
      node.put("streams", score.streams());
      put(node, "false-alarms-in-first-million", score.firstPerMillion());
      put(node, "false-alarms-in-later-million", score.laterPerMillion());
      node.put("streams-within-budget", score.within());
      node.put("drifts-found", score.found());
      put(node, "mean-delay", score.meanDelay());
    }
    return all.toString();
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
