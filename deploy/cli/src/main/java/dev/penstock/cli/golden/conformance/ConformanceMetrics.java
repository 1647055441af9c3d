package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.core.evaluation.ConfusionMatrix;
import dev.penstock.core.evaluation.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Modyn's cases of evaluation metrics. */
final class ConformanceMetrics {

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.of(
          "Accuracy", ConformanceMetrics::accuracy,
          "TopN", ConformanceMetrics::topN,
          "F1", ConformanceMetrics::f1,
          "F1.binary", ConformanceMetrics::binaryF1);

  private ConformanceMetrics() {}

  static Optional<Object> run(String kind, JsonNode given) {
    return Optional.ofNullable(KINDS.get(kind)).map(run -> run.apply(given));
  }

  /** Over all batches so far, after each. */
  private static Object accuracy(JsonNode given) {
    ConfusionMatrix matrix = new ConfusionMatrix(classes(given));
    List<Double> running = new ArrayList<>();
    for (JsonNode batch : given.required("batches_true_pred")) {
      add(matrix, batch.get(0), batch.get(1));
      running.add(matrix.accuracy());
    }
    return Map.of("running", running);
  }

  private static int classes(JsonNode given) {
    int largest = 0;
    for (JsonNode batch : given.required("batches_true_pred")) {
      for (JsonNode side : batch) {
        for (JsonNode label : side) {
          largest = Math.max(largest, label.asInt());
        }
      }
    }
    return largest + 1;
  }

  private static Object topN(JsonNode given) {
    JsonNode truth = given.required("true");
    List<Double> shares = new ArrayList<>();
    for (JsonNode n : given.required("n")) {
      int hits = 0;
      for (int i = 0; i < truth.size(); i++) {
        double[] scores = StatisticCases.numbers(given.required("scores").get(i));
        float[] floats = new float[scores.length];
        for (int j = 0; j < scores.length; j++) {
          floats[j] = (float) scores[j];
        }
        hits += Ranks.of(floats, truth.get(i).asInt()) < n.asInt() ? 1 : 0;
      }
      shares.add((double) hits / truth.size());
    }
    return shares;
  }

  private static Object f1(JsonNode given) {
    ConfusionMatrix matrix = matrix(given);
    return Map.of(
        "micro", matrix.accuracy(), "macro", matrix.macroF1(), "weighted", matrix.weightedF1());
  }

  private static Object binaryF1(JsonNode given) {
    return Map.of("f1", matrix(given).f1(given.required("pos_label").asInt()));
  }

  private static ConfusionMatrix matrix(JsonNode given) {
    ConfusionMatrix matrix = new ConfusionMatrix(given.required("classes").asInt());
    add(matrix, given.required("true"), given.required("pred"));
    return matrix;
  }

  private static void add(ConfusionMatrix matrix, JsonNode truth, JsonNode predicted) {
    for (int i = 0; i < truth.size(); i++) {
      matrix.add(truth.get(i).asInt(), predicted.get(i).asInt());
    }
  }
}
