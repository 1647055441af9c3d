package dev.penstock.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.cli.golden.conformance.ConformanceSuite;
import dev.penstock.cli.golden.policy.PoliciesSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenResult.Verdict;
import dev.penstock.cli.golden.suite.GoldenSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the suites of Modyn's cases say of cases that are made up. */
final class ModynSuitesTest {

  @Test
  void tellsWhichConformanceCasesDisagreeAndWhichAreNotCompared(@TempDir Path directory)
      throws IOException {
    GoldenSuite suite = new ConformanceSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"id": "A", "level": "test", "kind": "policy.static", "expect": [true],
         "given": {"threshold": 1, "direction": "lower", "series": [1]}}
        {"id": "B", "level": "test", "kind": "policy.static", "expect": [false],
         "given": {"threshold": 1, "direction": "lower", "series": [1]}}
        {"id": "C", "level": "test", "kind": "policy.static", "expect": [false],
         "given": {"threshold": 1, "series": [1]}}
        {"id": "D", "level": "test", "kind": "csv", "expect": {}, "given": {}}
        {"id": "E", "level": "deviation", "kind": "Ensemble.inform",
         "expect": {"modyn": [[0]], "intended": [[1]]},
         "given": {"majority": true, "subtriggers": {"a": 1, "b": 2},
          "batches": [{"n": 2, "ts0": 0}]}}
        {"id": "F", "level": "test", "kind": "CostTracker.forecast", "expect": [1],
         "given": {"window": 3, "inform": [[10]], "x": [1]}}
        """
            .replace(",\n", ","));

    assertThat(suite.run(directory))
        .extracting(GoldenResult::name, GoldenResult::verdict)
        .containsExactly(
            tuple("A policy.static", Verdict.AGREES),
            tuple("B policy.static", Verdict.DISAGREES),
            tuple("C policy.static", Verdict.DISAGREES),
            tuple("D csv", Verdict.NOT_COMPARED),
            tuple("E Ensemble.inform", Verdict.AGREES),
            tuple("F CostTracker.forecast", Verdict.DISAGREES));
    assertThat(suite.run(directory).get(1).reason()).isEqualTo("[0] is true, expected false");
  }

  @Test
  void tellsWhichPoliciesDisagreeAndWhichAreNotCompared(@TempDir Path directory)
      throws IOException {
    GoldenSuite suite = new PoliciesSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"cases": [
          {"policy": "numpy_quantile", "name": "near", "params": {"method": "linear"},
           "input": {"a": [1, 2]}, "expected": {"0.5": 1.5000000001}},
          {"policy": "numpy_quantile", "name": "far", "params": {"method": "linear"},
           "input": {"a": [1, 2]}, "expected": {"0.5": 1.6}},
          {"policy": "numpy_quantile", "name": "refused", "params": {"method": "linear"},
           "input": {"a": []}, "expected": {"error": "IndexError"}},
          {"policy": "tides", "name": "unknown", "params": {}, "input": {}, "expected": {}}
        ]}
        """);

    assertThat(suite.run(directory))
        .containsExactly(
            GoldenResult.agrees("numpy_quantile near {\"method\":\"linear\"}"),
            GoldenResult.disagrees(
                "numpy_quantile far {\"method\":\"linear\"}", "0.5 is 1.5, expected 1.6"),
            GoldenResult.agrees("numpy_quantile refused {\"method\":\"linear\"}"),
            GoldenResult.notCompared("tides unknown {}", "no counterpart of tides"));
  }
}
