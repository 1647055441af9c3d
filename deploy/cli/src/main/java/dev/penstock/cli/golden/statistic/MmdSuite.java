package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.kernel.Mmd;
import dev.penstock.core.distance.kernel.PermutationResult;
import java.util.HashMap;
import java.util.Map;

/**
 * Maximum mean discrepancy by alibi-detect in double precision: within 1e-9, p-values within 1e-6,
 * relative.
 */
public final class MmdSuite implements Statistics {

  @Override
  public String file() {
    return "mmd.json";
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    JsonNode input = golden.get("input");
    JsonNode params = golden.get("params");
    double[][] reference = StatisticCases.rows(input.get("x_ref"));
    double[][] current = StatisticCases.rows(input.get("x"));
    double[] sigmas =
        params.has("sigma")
            ? StatisticCases.numbers(params.get("sigma"))
            : StatisticCases.value(sigma(params.get("sigma_inferred_from").asText(), input));

    Map<String, double[]> values = new HashMap<>();
    double unbiased = Mmd.unbiased(reference, current, sigmas);
    values.put("mmd2_unbiased", StatisticCases.value(unbiased));
    values.put("mmd2_unbiased_numpy", StatisticCases.value(unbiased));
    values.put("mmd2_biased_numpy", StatisticCases.value(Mmd.biased(reference, current, sigmas)));
    values.put("sigma_median_heuristic", sigmas);
    if (input.has("permutations")) {
      PermutationResult test =
          Mmd.test(reference, current, StatisticCases.indexes(input.get("permutations")), sigmas);
      double level = params.path("p_val").asDouble(0.05);
      values.put("permuted_mmd2", test.permuted());
      values.put("p_value_alibi_mean(obs<=perm)", StatisticCases.value(test.pValue()));
      values.put("p_value_plus_one", StatisticCases.value(test.validPValue()));
      values.put(
          "threshold_p" + params.path("p_val").asText("0.05"),
          StatisticCases.value(test.threshold(level)));
    }
    return values;
  }

  /** The heuristic between the two named inputs, or within one that is named twice. */
  private static double sigma(String names, JsonNode input) {
    String[] pair = names.split(",", 2);
    double[][] first = StatisticCases.rows(input.get(pair[0].trim()));
    if (pair.length == 1 || pair[0].trim().equals(pair[1].trim())) {
      return Mmd.medianSigma(first);
    }
    return Mmd.medianSigma(first, StatisticCases.rows(input.get(pair[1].trim())));
  }
}
