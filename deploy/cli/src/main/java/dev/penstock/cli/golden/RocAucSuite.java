package dev.penstock.cli.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.cli.golden.StatisticCases.Statistics;
import dev.penstock.core.distance.RocAuc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Areas under ROC curves by scikit-learn, of its many metrics: within 1e-9. */
final class RocAucSuite implements Statistics {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AREA = "roc_auc";

  @Override
  public String file() {
    return "metrics.json";
  }

  /** The area, and all else, of a case are two results: only one is compared. */
  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden : JSON.readTree(directory.resolve(file()).toFile()).get("cases")) {
      String name = golden.path("name").asText();
      if (golden.path("kind").asText().equals("binary")) {
        ObjectNode areaOnly = golden.deepCopy();
        areaOnly.putObject("expected").set(AREA, golden.at("/expected/" + AREA));
        results.add(StatisticCases.compare(AREA + " of " + name, areaOnly, this));
      }
      results.add(GoldenResult.notCompared("others of " + name, "metrics: not run here yet"));
    }
    return results;
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    double[] labels = StatisticCases.numbers(golden.at("/input/y"));
    double[] scores = StatisticCases.numbers(golden.at("/input/score"));
    return Map.of(AREA, StatisticCases.value(area(labels, scores)));
  }

  /** The area of scores whose labels are 1 and 0; NaN where one of them is absent. */
  static double area(double[] labels, double[] scores) {
    return RocAuc.test(scoresOf(1, labels, scores), scoresOf(0, labels, scores)).statistic();
  }

  private static double[] scoresOf(double label, double[] labels, double[] scores) {
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] == label)
        .mapToDouble(i -> scores[i])
        .toArray();
  }
}
