package dev.penstock.cli.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Runs cases of statistics: every value that the reference gives must be met. */
final class StatisticCases {

  /** Closed forms: nothing but the order of a sum differs. */
  private static final double CLOSED_FORM = 1e-9;

  /** P-values: laws are approximated by different means. */
  private static final double P_VALUE = 1e-6;

  /** Closed forms near 0 are differences of sums of order 1. */
  private static final double CLOSED_FORM_NEAR_ZERO = 1e-12;

  /** So are p-values, {@code 1 - F}, but for a tail that is computed as such. */
  private static final double P_VALUE_NEAR_ZERO = 1e-15;

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatisticCases() {}

  /** What a file's cases mean. */
  interface Statistics extends GoldenSuite {

    @Override
    default List<GoldenResult> run(Path directory) throws IOException {
      return StatisticCases.run(directory.resolve(file()), this);
    }

    /** Why a case is not compared; empty: it is. */
    default Optional<String> notCompared(JsonNode golden) {
      return Optional.empty();
    }

    /**
     * Values by the reference's names.
     *
     * @throws IllegalArgumentException if the statistic refuses the input
     */
    Map<String, double[]> compute(JsonNode golden);
  }

  /** Runs a file; a value is a p-value where its name tells so. */
  static List<GoldenResult> run(Path file, Statistics statistics) throws IOException {
    return run(file, statistics, (golden, key) -> isPValue(key));
  }

  static List<GoldenResult> run(
      Path file, Statistics statistics, BiPredicate<JsonNode, String> isPValue) throws IOException {
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden : JSON.readTree(file.toFile()).get("cases")) {
      String name = name(golden);
      Optional<String> notCompared = statistics.notCompared(golden);
      results.add(
          notCompared.isPresent()
              ? GoldenResult.notCompared(name, notCompared.get())
              : compare(name, golden, statistics, isPValue));
    }
    return results;
  }

  static boolean isPValue(String key) {
    return key.contains("pvalue") || key.contains("p_value");
  }

  private static String name(JsonNode golden) {
    StringBuilder name = new StringBuilder(golden.path("name").asText());
    for (String kind : List.of("test", "metric")) {
      if (golden.has(kind)) {
        name.append(' ').append(golden.get(kind).asText());
      }
    }
    return name.append(' ').append(golden.path("params")).toString();
  }

  /** One case; a value is a p-value where its name tells so. */
  static GoldenResult compare(String name, JsonNode golden, Statistics statistics) {
    return compare(name, golden, statistics, (any, key) -> isPValue(key));
  }

  private static GoldenResult compare(
      String name, JsonNode golden, Statistics statistics, BiPredicate<JsonNode, String> isPValue) {
    JsonNode expected = golden.get("expected");
    Map<String, double[]> actual;
    try {
      actual = statistics.compute(golden);
    } catch (IllegalArgumentException e) {
      return expected.has("error")
          ? GoldenResult.agrees(name)
          : GoldenResult.disagrees(name, "refused: " + e.getMessage());
    }
    if (expected.has("error")) {
      return GoldenResult.disagrees(name, "not refused: " + expected.get("error").asText());
    }
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> value : expected.properties()) {
      double[] computed = actual.get(value.getKey());
      if (computed == null) {
        differences.add(value.getKey() + " is not computed");
      } else {
        difference(numbers(value.getValue()), computed, isPValue.test(golden, value.getKey()))
            .ifPresent(difference -> differences.add(value.getKey() + " " + difference));
      }
    }
    return differences.isEmpty()
        ? GoldenResult.agrees(name)
        : GoldenResult.disagrees(name, String.join("; ", differences));
  }

  private static Optional<String> difference(double[] expected, double[] actual, boolean isPValue) {
    if (expected.length != actual.length) {
      return Optional.of("has %d values, expected %d".formatted(actual.length, expected.length));
    }
    double relative = isPValue ? P_VALUE : CLOSED_FORM;
    double absolute = isPValue ? P_VALUE_NEAR_ZERO : CLOSED_FORM_NEAR_ZERO;
    for (int i = 0; i < expected.length; i++) {
      double tolerance = Math.max(relative * Math.abs(expected[i]), absolute);
      boolean isClose =
          Double.compare(expected[i], actual[i]) == 0
              || Math.abs(expected[i] - actual[i])
                  <= (Double.isInfinite(tolerance) ? 0 : tolerance);
      if (!isClose) {
        return Optional.of("is %s, expected %s".formatted(actual[i], expected[i]));
      }
    }
    return Optional.empty();
  }

  /** Numbers of a value or array of any depth, in their order; true is 1. */
  static double[] numbers(JsonNode node) {
    if (!node.isArray()) {
      return new double[] {number(node)};
    }
    List<double[]> parts = new ArrayList<>();
    int size = 0;
    for (JsonNode element : node) {
      double[] part = numbers(element);
      parts.add(part);
      size += part.length;
    }
    double[] numbers = new double[size];
    int from = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, numbers, from, part.length);
      from += part.length;
    }
    return numbers;
  }

  static double number(JsonNode node) {
    if (node.isBoolean()) {
      return node.asBoolean() ? 1 : 0;
    }
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble(Double.NaN);
  }

  static double[][] rows(JsonNode node) {
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers(node.get(i));
    }
    return rows;
  }

  static int[][] indexes(JsonNode node) {
    int[][] indexes = new int[node.size()][];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = new int[node.get(i).size()];
      for (int j = 0; j < indexes[i].length; j++) {
        indexes[i][j] = node.get(i).get(j).asInt();
      }
    }
    return indexes;
  }

  static String[] texts(JsonNode node) {
    String[] texts = new String[node.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = node.get(i).asText();
    }
    return texts;
  }

  static double[] value(double value) {
    return new double[] {value};
  }
}
