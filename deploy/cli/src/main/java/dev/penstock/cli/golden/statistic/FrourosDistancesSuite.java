package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.Binned;
import dev.penstock.core.distance.CdfDistances;
import dev.penstock.core.distance.DiscreteDistances;
import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.Contingency;
import dev.penstock.core.hypothesis.Continuity;
import dev.penstock.core.hypothesis.CramerVonMises;
import dev.penstock.core.hypothesis.KolmogorovSmirnov;
import dev.penstock.core.hypothesis.MannWhitney;
import dev.penstock.core.hypothesis.PValueMethod;
import dev.penstock.core.hypothesis.TestResult;
import dev.penstock.core.hypothesis.WelchT;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Distances and tests by frouros, with its equal bins: within 1e-9, p-values within 1e-6, relative.
 */
public final class FrourosDistancesSuite implements Statistics {

  private static final List<String> METRICS =
      List.of(
          "HellingerDistance",
          "HINormalizedComplement",
          "BhattacharyyaDistance",
          "PSI",
          "EMD",
          "EnergyDistance",
          "KSTest",
          "CVMTest",
          "MannWhitneyUTest",
          "WelchTTest",
          "ChiSquareTest");

  /** Why some are left out, by metric. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "KuiperTest",
          "its statistic is that of Kolmogorov-Smirnov, D, not Kuiper's D+ + D-",
          "JS",
          "bins interpolated from a histogram for each sample: evidently's bins bind",
          "KL",
          "bins interpolated from a histogram for each sample: evidently's bins bind");

  @Override
  public String file() {
    return "distances_frouros.json";
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    String metric = golden.get("metric").asText();
    return METRICS.contains(metric)
        ? StatisticCases.unknownSetting(golden, Set.of("num_bins"))
        : Optional.of(LEFT_OUT.getOrDefault(metric, "no counterpart of " + metric));
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    String metric = golden.get("metric").asText();
    JsonNode reference = golden.at("/input/reference");
    JsonNode current = golden.at("/input/current");
    if (metric.equals("ChiSquareTest")) {
      Contingency.Result result =
          Contingency.chiSquare(
              Binned.counts(StatisticCases.texts(reference), StatisticCases.texts(current)),
              Continuity.CORRECTED);
      return values(new TestResult(result.statistic(), result.pValue()));
    }
    double[] x = StatisticCases.numbers(reference);
    double[] y = StatisticCases.numbers(current);
    if (metric.endsWith("Test")) {
      return values(test(metric, x, y));
    }
    double distance =
        switch (metric) {
          case "EMD" -> CdfDistances.wasserstein(x, y);
          case "EnergyDistance" -> CdfDistances.energy(x, y);
          default ->
              ofBins(metric, Binned.equalWidth(x, y, golden.at("/params/num_bins").asInt(10)));
        };
    return Map.of("distance", StatisticCases.value(distance));
  }

  private static TestResult test(String metric, double[] x, double[] y) {
    return switch (metric) {
      case "KSTest" -> {
        KolmogorovSmirnov.Result ks =
            KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.AUTO);
        yield new TestResult(ks.statistic(), ks.pValue());
      }
      case "CVMTest" -> CramerVonMises.test(x, y, PValueMethod.AUTO);
      case "WelchTTest" -> {
        WelchT.Result welch = WelchT.test(x, y);
        yield new TestResult(welch.statistic(), welch.pValue());
      }
      default ->
          MannWhitney.test(x, y, Alternative.TWO_SIDED, PValueMethod.AUTO, Continuity.CORRECTED);
    };
  }

  private static double ofBins(String metric, Binned binned) {
    double[] p = binned.reference();
    double[] q = binned.current();
    return switch (metric) {
      case "HellingerDistance" -> DiscreteDistances.hellinger(p, q);
      // One less the common part of two histograms is their total variation distance.
      case "HINormalizedComplement" -> DiscreteDistances.totalVariation(p, q);
      case "PSI" ->
          DiscreteDistances.populationStabilityIndex(
              DiscreteDistances.zerosReplaced(p, Double.MIN_NORMAL),
              DiscreteDistances.zerosReplaced(q, Double.MIN_NORMAL));
      // It adds the rounding unit to every bin, which keeps disjoint samples finite.
      default -> -Math.log(DiscreteDistances.bhattacharyyaCoefficient(withUnit(p), withUnit(q)));
    };
  }

  private static double[] withUnit(double[] proportions) {
    return Arrays.stream(proportions).map(proportion -> proportion + Math.ulp(1.0)).toArray();
  }

  private static Map<String, double[]> values(TestResult result) {
    return Map.of(
        "statistic", StatisticCases.value(result.statistic()),
        "p_value", StatisticCases.value(result.pValue()));
  }
}
