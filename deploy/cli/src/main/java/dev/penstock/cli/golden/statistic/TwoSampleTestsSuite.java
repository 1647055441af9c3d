package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.CdfDistances;
import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.AndersonDarling;
import dev.penstock.core.hypothesis.Contingency;
import dev.penstock.core.hypothesis.Continuity;
import dev.penstock.core.hypothesis.CramerVonMises;
import dev.penstock.core.hypothesis.KolmogorovSmirnov;
import dev.penstock.core.hypothesis.MannWhitney;
import dev.penstock.core.hypothesis.MultipleTesting;
import dev.penstock.core.hypothesis.PValueMethod;
import dev.penstock.core.hypothesis.TestResult;
import dev.penstock.core.hypothesis.WelchT;
import dev.penstock.core.stats.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tests and distances of two samples, and corrections for many tests, by scipy: within 1e-9,
 * p-values within 1e-6, relative.
 */
public final class TwoSampleTestsSuite implements Statistics {

  private static final List<String> KINDS =
      List.of(
          "ks_2samp",
          "mannwhitneyu",
          "cramervonmises_2samp",
          "ttest_ind_welch",
          "anderson_ksamp_midrank",
          "wasserstein_1",
          "energy_distance",
          "chi2_contingency",
          "chi2_contingency_G",
          "chisquare",
          "fisher_exact_two_sided",
          "bonferroni",
          "false_discovery_control_bh",
          "false_discovery_control_by");

  private static final Set<String> PARAMS =
      Set.of(
          "method",
          "alternative",
          "nan_policy",
          "use_continuity",
          "equal_var",
          "correction",
          "lambda_",
          "ddof",
          "u_weights",
          "v_weights");

  @Override
  public String file() {
    return "two_sample_tests.json";
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    String kind = golden.get("test").asText();
    if (!KINDS.contains(kind)) {
      return Optional.of("no counterpart of " + kind);
    }
    if (kind.equals("ttest_ind_welch") && golden.at("/params/equal_var").asBoolean()) {
      return Optional.of("no counterpart of the t test with equal variances");
    }
    if (isEmpty(golden, "x") || isEmpty(golden, "y")) {
      return Optional.of("Penstock refuses an empty sample, of which scipy says NaN");
    }
    return StatisticCases.unknownSetting(golden, PARAMS);
  }

  private static boolean isEmpty(JsonNode golden, String sample) {
    JsonNode values = golden.path("input").path(sample);
    return values.isArray()
        && golden.path("expected").path("pvalue").asText().equals("NaN")
        && Samples.withoutNaN(StatisticCases.numbers(values)).length == 0;
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    JsonNode input = golden.get("input");
    JsonNode params = golden.get("params");
    String kind = golden.get("test").asText();
    if (input.has("table")) {
      return ofTable(kind, table(input.get("table")), params);
    }
    if (input.has("pvalues")) {
      double[] pValues = StatisticCases.numbers(input.get("pvalues"));
      return Map.of(
          "adjusted",
          switch (kind) {
            case "bonferroni" -> MultipleTesting.bonferroni(pValues);
            case "false_discovery_control_bh" -> MultipleTesting.benjaminiHochberg(pValues);
            default -> MultipleTesting.benjaminiYekutieli(pValues);
          });
    }
    if (input.has("observed")) {
      return values(goodnessOfFit(input, params));
    }
    String nanPolicy = params.path("nan_policy").asText("propagate");
    return ofSamples(
        kind, sample(input.get("x"), nanPolicy), sample(input.get("y"), nanPolicy), params);
  }

  private static Map<String, double[]> ofSamples(
      String kind, double[] x, double[] y, JsonNode params) {
    Alternative alternative = alternative(params);
    PValueMethod method = method(params);
    return switch (kind) {
      case "ks_2samp" -> {
        KolmogorovSmirnov.Result ks = KolmogorovSmirnov.test(x, y, alternative, method);
        yield Map.of(
            "statistic", StatisticCases.value(ks.statistic()),
            "pvalue", StatisticCases.value(ks.pValue()),
            "statistic_location", StatisticCases.value(ks.location()),
            "statistic_sign", StatisticCases.value(ks.sign() == 0 ? Double.NaN : ks.sign()));
      }
      case "mannwhitneyu" -> {
        boolean isCorrected = params.path("use_continuity").asBoolean(/* defaultValue= */ true);
        yield values(MannWhitney.test(x, y, alternative, method, continuity(isCorrected)));
      }
      case "cramervonmises_2samp" -> values(CramerVonMises.test(x, y, method));
      case "ttest_ind_welch" -> {
        WelchT.Result welch = WelchT.test(x, y);
        yield Map.of(
            "statistic", StatisticCases.value(welch.statistic()),
            "pvalue", StatisticCases.value(welch.pValue()),
            "df", StatisticCases.value(welch.degreesOfFreedom()));
      }
      case "anderson_ksamp_midrank" -> {
        TestResult anderson = AndersonDarling.test(x, y);
        yield Map.of(
            "statistic", StatisticCases.value(anderson.statistic()),
            "pvalue_table_capped_0.001_0.25", StatisticCases.value(anderson.pValue()));
      }
      case "wasserstein_1" -> Map.of("distance", StatisticCases.value(wasserstein(x, y, params)));
      default -> Map.of("distance", StatisticCases.value(CdfDistances.energy(x, y)));
    };
  }

  private static Map<String, double[]> ofTable(String kind, long[][] table, JsonNode params) {
    if (kind.equals("fisher_exact_two_sided")) {
      TestResult fisher = Contingency.fisher(table, alternative(params));
      return Map.of(
          "odds_ratio", StatisticCases.value(fisher.statistic()),
          "pvalue", StatisticCases.value(fisher.pValue()));
    }
    Continuity continuity =
        continuity(params.path("correction").asBoolean(/* defaultValue= */ true));
    String lambda = params.path("lambda_").asText("pearson");
    Contingency.Result result =
        switch (lambda) {
          case "log-likelihood" -> Contingency.likelihoodRatio(table, continuity);
          case "pearson", "null" -> Contingency.chiSquare(table, continuity);
          default -> throw new IllegalArgumentException("lambda_ is " + lambda);
        };
    return Map.of(
        "statistic", StatisticCases.value(result.statistic()),
        "pvalue", StatisticCases.value(result.pValue()),
        "dof", StatisticCases.value(result.degreesOfFreedom()),
        "expected_freq",
            Arrays.stream(result.expected()).flatMapToDouble(Arrays::stream).toArray());
  }

  private static TestResult goodnessOfFit(JsonNode input, JsonNode params) {
    double[] observed = StatisticCases.numbers(input.get("observed"));
    double[] expected = new double[observed.length];
    Arrays.fill(expected, Arrays.stream(observed).sum() / observed.length);
    if (input.path("expected_freq").isArray()) {
      expected = StatisticCases.numbers(input.get("expected_freq"));
    }
    return Contingency.goodnessOfFit(observed, expected, params.path("ddof").asInt());
  }

  private static double wasserstein(double[] x, double[] y, JsonNode params) {
    if (!params.has("u_weights") && !params.has("v_weights")) {
      return CdfDistances.wasserstein(x, y);
    }
    return CdfDistances.wasserstein(
        x,
        weights(params.path("u_weights"), x.length),
        y,
        weights(params.path("v_weights"), y.length));
  }

  private static double[] weights(JsonNode weights, int size) {
    if (weights.isArray()) {
      return StatisticCases.numbers(weights);
    }
    double[] equal = new double[size];
    Arrays.fill(equal, 1);
    return equal;
  }

  private static double[] sample(JsonNode node, String nanPolicy) {
    double[] sample = StatisticCases.numbers(node);
    double[] without = Samples.withoutNaN(sample);
    return switch (nanPolicy) {
      case "propagate" -> sample;
      case "omit" -> without;
      case "raise" -> {
        if (without.length < sample.length) {
          throw new IllegalArgumentException("sample must not have NaN");
        }
        yield sample;
      }
      default -> throw new IllegalArgumentException("nan_policy is " + nanPolicy);
    };
  }

  private static Alternative alternative(JsonNode params) {
    String alternative = params.path("alternative").asText("two-sided");
    return switch (alternative) {
      case "less" -> Alternative.LESS;
      case "greater" -> Alternative.GREATER;
      case "two-sided" -> Alternative.TWO_SIDED;
      default -> throw new IllegalArgumentException("alternative is " + alternative);
    };
  }

  private static PValueMethod method(JsonNode params) {
    String method = params.path("method").asText("auto");
    return switch (method) {
      case "exact" -> PValueMethod.EXACT;
      case "asymp", "asymptotic" -> PValueMethod.ASYMPTOTIC;
      case "auto" -> PValueMethod.AUTO;
      default -> throw new IllegalArgumentException("method is " + method);
    };
  }

  private static Continuity continuity(boolean isCorrected) {
    return isCorrected ? Continuity.CORRECTED : Continuity.UNCORRECTED;
  }

  private static long[][] table(JsonNode node) {
    double[][] rows = StatisticCases.rows(node);
    long[][] table = new long[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      table[i] = Arrays.stream(rows[i]).mapToLong(count -> (long) count).toArray();
    }
    return table;
  }

  private static Map<String, double[]> values(TestResult result) {
    return Map.of(
        "statistic", StatisticCases.value(result.statistic()),
        "pvalue", StatisticCases.value(result.pValue()));
  }
}
