package dev.penstock.cli.bench.alarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.bench.table.Figure;
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
              Figure.text(score.firstPerMillion(), "%.2f"),
              Figure.text(score.laterPerMillion(), "%.2f"),
              score.within() + " of " + score.streams(),
              score.found() + " of " + score.streams(),
              Figure.text(score.meanDelay(), "%.0f")));
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
      Figure.put(node, "false-alarms-in-first-million", score.firstPerMillion());
      Figure.put(node, "false-alarms-in-later-million", score.laterPerMillion());
      node.put("streams-within-budget", score.within());
      node.put("drifts-found", score.found());
      Figure.put(node, "mean-delay", score.meanDelay());
    }
    return all.toString();
  }
}
