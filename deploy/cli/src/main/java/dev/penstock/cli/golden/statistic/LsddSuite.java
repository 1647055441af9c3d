package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.kernel.Lsdd;
import dev.penstock.core.distance.kernel.PermutationResult;
import java.util.Map;

/**
 * Least-squares density difference by alibi-detect in double precision: within 1e-9, p-values
 * within 1e-6, relative.
 */
public final class LsddSuite implements Statistics {

  @Override
  public String file() {
    return "lsdd.json";
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    JsonNode input = golden.get("input");
    JsonNode params = golden.get("params");
    PermutationResult test =
        Lsdd.test(
            StatisticCases.rows(input.get("x_ref_without_centers")),
            StatisticCases.rows(input.get("x")),
            StatisticCases.rows(input.get("kernel_centers")),
            params.get("sigma").asDouble(),
            params.get("lam_rd_max").asDouble(),
            StatisticCases.indexes(input.get("permutations")));
    return Map.of(
        "lsdd", StatisticCases.value(test.statistic()),
        "lsdd_permuted", test.permuted(),
        "p_value", StatisticCases.value(test.pValue()));
  }
}
