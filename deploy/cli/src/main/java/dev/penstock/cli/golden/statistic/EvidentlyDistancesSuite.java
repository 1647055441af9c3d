package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.Binned;
import dev.penstock.core.distance.CdfDistances;
import dev.penstock.core.distance.DiscreteDistances;
import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.Contingency;
import dev.penstock.core.hypothesis.KolmogorovSmirnov;
import dev.penstock.core.hypothesis.PValueMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drift of one feature by evidently, with its bins: within 1e-9, p-values within 1e-6, relative;
 * and whether it counts as drift.
 */
public final class EvidentlyDistancesSuite implements Statistics {

  private static final List<String> METRICS =
      List.of(
          "psi",
          "jensenshannon",
          "kl_div",
          "hellinger",
          "wasserstein_norm",
          "ks_pvalue",
          "chisquare_pvalue");

  @Override
  public String file() {
    return "distances_evidently.json";
  }

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    return StatisticCases.run(
        directory.resolve(file()),
        this,
        (golden, key) -> StatisticCases.isPValue(golden.get("metric").asText()));
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    String metric = golden.get("metric").asText();
    return METRICS.contains(metric)
        ? StatisticCases.unknownSetting(golden, Set.of("feature_type", "threshold"))
        : Optional.of("no counterpart of " + metric);
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    String metric = golden.get("metric").asText();
    double threshold = golden.at("/params/threshold").asDouble();
    boolean isPValue = StatisticCases.isPValue(metric);
    double value = value(metric, golden);
    boolean drifts = isPValue ? value < threshold : value >= threshold;
    return Map.of(
        "value", StatisticCases.value(value), "drift", StatisticCases.value(drifts ? 1 : 0));
  }

  private static double value(String metric, JsonNode golden) {
    JsonNode reference = golden.at("/input/reference");
    JsonNode current = golden.at("/input/current");
    boolean isCategorical = golden.at("/params/feature_type").asText().equals("cat");
    return switch (metric) {
      case "ks_pvalue" ->
          KolmogorovSmirnov.test(
                  StatisticCases.numbers(reference),
                  StatisticCases.numbers(current),
                  Alternative.TWO_SIDED,
                  PValueMethod.AUTO)
              .pValue();
      case "chisquare_pvalue" ->
          chiSquare(StatisticCases.texts(reference), StatisticCases.texts(current));
      case "wasserstein_norm" ->
          CdfDistances.normedWasserstein(
              StatisticCases.numbers(reference), StatisticCases.numbers(current));
      default -> ofBins(metric, isCategorical, reference, current);
    };
  }

  private static double ofBins(
      String metric, boolean isCategorical, JsonNode reference, JsonNode current) {
    if (metric.equals("hellinger") && !isCategorical) {
      Binned binned =
          Binned.distinctSturges(
              StatisticCases.numbers(reference), StatisticCases.numbers(current));
      return DiscreteDistances.hellinger(binned.reference(), binned.current());
    }
    Binned binned =
        isCategorical
            ? Binned.categories(StatisticCases.texts(reference), StatisticCases.texts(current))
            : Binned.evidently(StatisticCases.numbers(reference), StatisticCases.numbers(current));
    Binned filled = binned.withoutZeros();
    return switch (metric) {
      case "psi" ->
          DiscreteDistances.populationStabilityIndex(filled.reference(), filled.current());
      case "kl_div" -> DiscreteDistances.kullbackLeibler(filled.reference(), filled.current());
      case "jensenshannon" ->
          DiscreteDistances.jensenShannonDistance(binned.reference(), binned.current());
      default -> DiscreteDistances.hellinger(binned.reference(), binned.current());
    };
  }

  /** Counts of the current sample against the reference's, scaled to its size. */
  private static double chiSquare(String[] reference, String[] current) {
    long[][] counts = Binned.counts(reference, current);
    double[] observed = new double[counts[1].length];
    double[] expected = new double[observed.length];
    for (int i = 0; i < observed.length; i++) {
      observed[i] = counts[1][i];
      expected[i] = counts[0][i] * ((double) current.length / reference.length);
    }
    return Contingency.goodnessOfFit(observed, expected, /* lost= */ 0).pValue();
  }
}
