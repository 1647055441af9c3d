package dev.penstock.cli.golden.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Runs cases of statistics: every value that the reference gives must be met. */
public final class StatisticCases {

  /** Closed forms: nothing but the order of a sum differs. */
  public static final double CLOSED_FORM = 1e-9;

  /** P-values: laws are approximated by different means. */
  private static final double P_VALUE = 1e-6;

  /** Closed forms near 0 are differences of sums of order 1. */
  private static final double CLOSED_FORM_NEAR_ZERO = 1e-12;

  /** So are p-values, {@code 1 - F}, but for a tail that is computed as such. */
  private static final double P_VALUE_NEAR_ZERO = 1e-15;

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatisticCases() {}

  /** What a file's cases mean. */
  public interface Statistics extends GoldenSuite {

    @Override
    default List<GoldenResult> run(Path directory) throws IOException {
      return StatisticCases.run(directory.resolve(file()), this);
    }

    /** Why a case is not compared; empty: it is. */
    default Optional<String> notCompared(JsonNode golden) {
      return Optional.empty();
    }

    /** Why one of a case's values is not compared, beside the others; empty: it is. */
    default Optional<String> leftOut(JsonNode golden, String value) {
      return Optional.empty();
    }

    /** Relative, for all but p-values. */
    default double tolerance(JsonNode golden) {
      return CLOSED_FORM;
    }

    /**
     * Values by the reference's names.
     *
     * @throws IllegalArgumentException if the statistic refuses the input
     */
    Map<String, double[]> compute(JsonNode golden);
  }

  /** Runs a file; a value is a p-value where its name tells so. */
  public static List<GoldenResult> run(Path file, Statistics statistics) throws IOException {
    return run(file, statistics, (golden, key) -> isPValue(key));
  }

  public static List<GoldenResult> run(
      Path file, Statistics statistics, BiPredicate<JsonNode, String> isPValue) throws IOException {
    List<GoldenResult> results = new ArrayList<>();
    for (JsonNode golden : JSON.readTree(file.toFile()).path("cases")) {
      results.addAll(results(golden, statistics, isPValue));
    }
    return results;
  }

  /** Of a case with values that are not compared, those are results of their own, by reason. */
  private static List<GoldenResult> results(
      JsonNode golden, Statistics statistics, BiPredicate<JsonNode, String> isPValue) {
    String name = name(golden);
    try {
      Optional<String> notCompared = statistics.notCompared(golden);
      if (notCompared.isPresent()) {
        return List.of(GoldenResult.notCompared(name, notCompared.get()));
      }
      ObjectNode compared = golden.path("expected").deepCopy();
      Map<String, List<String>> leftOut = new TreeMap<>();
      if (!compared.has("error")) {
        for (String value : (Iterable<String>) golden.path("expected")::fieldNames) {
          Optional<String> reason = statistics.leftOut(golden, value);
          if (reason.isPresent()) {
            leftOut.computeIfAbsent(reason.get(), key -> new ArrayList<>()).add(value);
            compared.remove(value);
          }
        }
      }
      List<GoldenResult> results = new ArrayList<>();
      if (leftOut.isEmpty() || !compared.isEmpty()) {
        results.add(compare(name, golden, compared, statistics, isPValue));
      }
      leftOut.forEach(
          (reason, values) ->
              results.add(
                  GoldenResult.notCompared(String.join(", ", values) + " of " + name, reason)));
      return results;
    } catch (RuntimeException e) {
      // A case of a form that is not known must not end the run.
      return List.of(GoldenResult.disagrees(name, "is of another form: " + e));
    }
  }

  /** Why a case is not compared that has a parameter beside these. */
  public static Optional<String> unknownSetting(JsonNode golden, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    golden.path("params").fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of("Penstock has no setting for " + unknown);
  }

  public static boolean isPValue(String key) {
    return key.contains("pvalue") || key.contains("p_value");
  }

  private static String name(JsonNode golden) {
    StringBuilder name = new StringBuilder(golden.path("name").asText());
    for (String kind : List.of("kind", "test", "metric")) {
      if (golden.has(kind)) {
        name.append(' ').append(golden.get(kind).asText());
      }
    }
    for (String of : List.of("dataset", "chunk", "reference")) {
      name.append(' ').append(golden.path("input").path(of).asText());
    }
    return name.append(' ').append(golden.path("params")).toString().strip().replaceAll(" +", " ");
  }

  private static GoldenResult compare(
      String name,
      JsonNode golden,
      JsonNode expected,
      Statistics statistics,
      BiPredicate<JsonNode, String> isPValue) {
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
        Tolerance tolerance =
            isPValue.test(golden, value.getKey())
                ? new Tolerance(P_VALUE, P_VALUE_NEAR_ZERO)
                : new Tolerance(statistics.tolerance(golden), CLOSED_FORM_NEAR_ZERO);
        difference(numbers(value.getValue()), computed, tolerance)
            .ifPresent(difference -> differences.add(value.getKey() + " " + difference));
      }
    }
    return differences.isEmpty()
        ? GoldenResult.agrees(name)
        : GoldenResult.disagrees(name, String.join("; ", differences));
  }

  private record Tolerance(double relative, double absolute) {}

  private static Optional<String> difference(
      double[] expected, double[] actual, Tolerance allowed) {
    if (expected.length != actual.length) {
      return Optional.of("has %d values, expected %d".formatted(actual.length, expected.length));
    }
    for (int i = 0; i < expected.length; i++) {
      double tolerance = Math.max(allowed.relative * Math.abs(expected[i]), allowed.absolute);
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
  public static double[] numbers(JsonNode node) {
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

  public static double number(JsonNode node) {
    if (node.isBoolean()) {
      return node.asBoolean() ? 1 : 0;
    }
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble(Double.NaN);
  }

  public static double[][] rows(JsonNode node) {
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = numbers(node.get(i));
    }
    return rows;
  }

  public static int[][] indexes(JsonNode node) {
    int[][] indexes = new int[node.size()][];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = new int[node.get(i).size()];
      for (int j = 0; j < indexes[i].length; j++) {
        indexes[i][j] = node.get(i).get(j).asInt();
      }
    }
    return indexes;
  }

  public static String[] texts(JsonNode node) {
    String[] texts = new String[node.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = node.get(i).asText();
    }
    return texts;
  }

  public static double[] value(double value) {
    return new double[] {value};
  }
}
