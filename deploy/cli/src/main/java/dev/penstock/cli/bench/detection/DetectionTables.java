package dev.penstock.cli.bench.detection;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.bench.table.Figure;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Scores of all contestants on all scenarios.
 *
 * @param scores by scenario, and by contestant in their order
 */
public record DetectionTables(List<List<DetectionScore>> scores) {

  private static final int NAME_WIDTH = 24;

  public DetectionTables {
    scores = List.copyOf(scores);
  }

  /** A table a figure: a row a stream, a column a detector. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    append(
        text,
        "mean delay, samples from a change to its alarm (-: no change was seen)",
        score -> !Double.isNaN(score.missed()),
        "%.0f",
        DetectionScore::meanDelay);
    append(
        text,
        "missed changes, %",
        score -> !Double.isNaN(score.missed()),
        "%.0f",
        score -> 100 * score.missed());
    append(
        text,
        "false alarms in 10^6 samples",
        score -> true,
        "%.0f",
        DetectionScore::falseAlarmsPerMillion);
    append(
        text,
        "errors of a learner that starts anew at each alarm, %",
        score -> score.scenario().learns(),
        "%.1f",
        score -> 100 * score.errorRate());
    return text.toString().stripTrailing();
  }

  private void append(
      StringBuilder text,
      String title,
      Predicate<DetectionScore> wanted,
      String format,
      ToDoubleFunction<DetectionScore> figure) {
    text.append(title).append('\n').append(" ".repeat(NAME_WIDTH));
    Contestant.ALL.forEach(contestant -> text.append("  ").append(contestant.name()));
    text.append('\n');
    for (List<DetectionScore> row : scores) {
      if (wanted.test(row.get(0))) {
        text.append(pad(row.get(0).scenario().name(), -NAME_WIDTH));
        for (int i = 0; i < row.size(); i++) {
          double value = figure.applyAsDouble(row.get(i));
          String cell = Figure.text(value, format);
          text.append("  ").append(pad(cell, Contestant.ALL.get(i).name().length()));
        }
        text.append('\n');
      }
    }
    text.append('\n');
  }

  /** Blanks on the left, with a negative width on the right. */
  private static String pad(String cell, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", cell);
  }

  /** An array of one object a stream and detector; a figure that there is not is null. */
  public String toJson() {
    ArrayNode all = new ObjectMapper().createArrayNode();
    for (List<DetectionScore> row : scores) {
      for (int i = 0; i < row.size(); i++) {
        DetectionScore score = row.get(i);
        ObjectNode node = all.addObject();
        node.put("stream", score.scenario().name());
        node.put("detector", Contestant.ALL.get(i).name());
        Figure.put(node, "mean-delay", score.meanDelay());
        Figure.put(node, "missed", score.missed());
        Figure.put(node, "false-alarms-per-million", score.falseAlarmsPerMillion());
        Figure.put(node, "error-rate", score.errorRate());
      }
    }
    return all.toString();
  }
}
