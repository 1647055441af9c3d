package dev.penstock.cli.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.StatisticCases.Statistics;
import dev.penstock.core.distance.Lsdd;
import dev.penstock.core.distance.PermutationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Least-squares density difference by alibi-detect in double precision: within 1e-9, p-values
 * within 1e-6, relative.
 */
final class LsddSuite implements GoldenSuite, Statistics {

  @Override
  public String file() {
    return "lsdd.json";
  }

  @Override
  public List<GoldenResult> run(Path directory) throws IOException {
    return StatisticCases.run(directory.resolve(file()), this);
  }

  @Override
  public Optional<String> notCompared(JsonNode golden) {
    return Optional.empty();
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
