package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.RocAuc;
import dev.penstock.core.evaluation.ConfusionMatrix;
import dev.penstock.core.evaluation.Ranks;
import dev.penstock.core.evaluation.SliceEvaluator;
import dev.penstock.core.evaluation.SliceEvaluator.Scored;
import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Metrics of models by scikit-learn: within 1e-9, relative, and those of regression, whose
 * predictions are of single precision, within 1e-6. Compared are those that Penstock evaluates
 * models by; of a case, the others are another result.
 */
public final class MetricsSuite implements Statistics {

  private static final String BINARY = "binary";
  private static final String MULTICLASS = "multiclass";
  private static final String REGRESSION = "regression";

  /** Compared metrics, by kind; what stands after {@code @} is a threshold. */
  private static final Map<String, Pattern> COMPARED =
      Map.of(
          BINARY, Pattern.compile("roc_auc|(accuracy|f1)(@.*)?"),
          MULTICLASS,
              Pattern.compile(
                  "accuracy|f1_per_class|top_\\d+_accuracy"
                      + "|f1_(macro|weighted|micro)_(zd[01]_all_labels|present_labels_only)"),
          REGRESSION, Pattern.compile("mae|mse|rmse"));

  private static final Pattern F1 = Pattern.compile("f1_(macro|weighted|micro)_(.*)");
  private static final Pattern TOP = Pattern.compile("top_(\\d+)_accuracy");
  private static final double DEFAULT_THRESHOLD = 0.5;

  @Override
  public String file() {
    return "metrics.json";
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    String kind = golden.path("kind").asText();
    return COMPARED.containsKey(kind) ? Optional.empty() : Optional.of("no counterpart of " + kind);
  }

  @Override
  public Optional<String> leftOut(JsonNode golden, String value) {
    if (TOP.matcher(value).matches() && hasTies(golden.at("/input/proba"))) {
      return Optional.of(
          "of equal scores scikit-learn counts the last class first here, and the first in its"
              + " accuracy; Penstock the first in both");
    }
    Pattern compared = COMPARED.get(golden.path("kind").asText());
    if (compared == null || compared.matcher(value).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        value.equals("log_loss")
            ? "Penstock's is of single precision, and clipped there"
            : "no model is evaluated by it");
  }

  @Override
  public double tolerance(JsonNode golden) {
    return golden.path("kind").asText().equals(REGRESSION) ? 1e-6 : StatisticCases.CLOSED_FORM;
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    return switch (golden.path("kind").asText()) {
      case BINARY -> binary(golden);
      case MULTICLASS -> multiclass(golden);
      default -> regression(golden);
    };
  }

  private static Map<String, double[]> binary(JsonNode golden) {
    double[] labels = StatisticCases.numbers(golden.at("/input/y"));
    double[] scores = StatisticCases.numbers(golden.at("/input/score"));
    requireSameSize(labels.length, scores.length);
    double threshold = golden.at("/params/threshold").asDouble(DEFAULT_THRESHOLD);
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    for (int i = 0; i < labels.length; i++) {
      matrix.add((int) labels[i], scores[i] >= threshold ? 1 : 0);
    }
    double[] accuracy = StatisticCases.value(matrix.accuracy());
    double[] f1 = StatisticCases.value(orElse(0).applyAsDouble(matrix.f1(1)));
    Map<String, double[]> values = new HashMap<>();
    values.put("roc_auc", StatisticCases.value(area(labels, scores)));
    for (String suffix : List.of("", "@" + golden.at("/params/threshold").asText())) {
      values.put("accuracy" + suffix, accuracy);
      values.put("f1" + suffix, f1);
    }
    return values;
  }

  private static Map<String, double[]> multiclass(JsonNode golden) {
    double[] labels = StatisticCases.numbers(golden.at("/input/y"));
    float[][] probabilities = floats(golden.at("/input/proba"));
    requireSameSize(labels.length, probabilities.length);
    int classes = golden.at("/params/n_classes").asInt(probabilities[0].length);
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    for (int i = 0; i < labels.length; i++) {
      matrix.add((int) labels[i], Ranks.best(probabilities[i]));
    }
    Map<String, double[]> values = new HashMap<>();
    values.put("accuracy", StatisticCases.value(matrix.accuracy()));
    values.put("f1_per_class", f1(matrix, classes, orElse(0)));
    for (String name : (Iterable<String>) golden.path("expected")::fieldNames) {
      Matcher f1 = F1.matcher(name);
      Matcher top = TOP.matcher(name);
      if (f1.matches()) {
        values.put(name, StatisticCases.value(f1(matrix, classes, f1.group(1), f1.group(2))));
      } else if (top.matches()) {
        int n = Integer.parseInt(top.group(1));
        values.put(name, StatisticCases.value(top(n, labels, probabilities)));
      }
    }
    return values;
  }

  /** Of classes without a true or predicted sample F1 is declared to be 0 or 1, or left out. */
  private static double f1(ConfusionMatrix matrix, int classes, String mean, String of) {
    return switch (mean) {
      case "micro" -> matrix.accuracy();
      case "weighted" -> matrix.weightedF1();
      default ->
          of.startsWith("present")
              ? matrix.macroF1()
              : Arrays.stream(f1(matrix, classes, orElse(of.startsWith("zd1") ? 1 : 0)))
                  .average()
                  .orElse(Double.NaN);
    };
  }

  private static double[] f1(ConfusionMatrix matrix, int classes, DoubleUnaryOperator defined) {
    return IntStream.range(0, classes).mapToDouble(matrix::f1).map(defined).toArray();
  }

  private static DoubleUnaryOperator orElse(double value) {
    return f1 -> Double.isNaN(f1) ? value : f1;
  }

  private static double top(int n, double[] labels, float[][] probabilities) {
    long hits =
        IntStream.range(0, labels.length)
            .filter(i -> Ranks.of(probabilities[i], (int) labels[i]) < n)
            .count();
    return (double) hits / labels.length;
  }

  private static boolean hasTies(JsonNode rows) {
    return Arrays.stream(StatisticCases.rows(rows))
        .anyMatch(row -> Arrays.stream(row).distinct().count() < row.length);
  }

  private static float[][] floats(JsonNode node) {
    double[][] rows = StatisticCases.rows(node);
    float[][] floats = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      floats[i] = new float[rows[i].length];
      for (int j = 0; j < rows[i].length; j++) {
        floats[i][j] = (float) rows[i][j];
      }
    }
    return floats;
  }

  /** As a pipeline is evaluated, on one slice. */
  private static Map<String, double[]> regression(JsonNode golden) {
    double[] labels = StatisticCases.numbers(golden.at("/input/y"));
    double[] predicted = StatisticCases.numbers(golden.at("/input/pred"));
    requireSameSize(labels.length, predicted.length);
    SliceEvaluator evaluator =
        new SliceEvaluator(new Slice.Samples(labels.length), new LabelSpec.Real());
    Map<String, double[]> values = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      evaluator.add(
          new Scored(i, labels[i], (float) predicted[i], Float.NaN),
          "model",
          slice ->
              slice
                  .metrics()
                  .forEach((name, value) -> values.put(name, StatisticCases.value(value))));
    }
    double rmse = values.getOrDefault("rmse", StatisticCases.value(Double.NaN))[0];
    values.put("mse", StatisticCases.value(rmse * rmse));
    return values;
  }

  private static void requireSameSize(int labels, int predictions) {
    if (labels == 0 || labels != predictions) {
      throw new IllegalArgumentException(
          "labels must be as many as predictions, and at least one, got "
              + labels
              + " and "
              + predictions);
    }
  }

  /** The area of scores whose labels are 1 and 0; NaN where one of them is absent. */
  public static double area(double[] labels, double[] scores) {
    return RocAuc.test(scoresOf(1, labels, scores), scoresOf(0, labels, scores)).statistic();
  }

  private static double[] scoresOf(double label, double[] labels, double[] scores) {
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] == label)
        .mapToDouble(i -> scores[i])
        .toArray();
  }
}
