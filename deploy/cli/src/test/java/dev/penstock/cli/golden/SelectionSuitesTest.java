package dev.penstock.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.cli.golden.conformance.ConformanceSuite;
import dev.penstock.cli.golden.policy.SelectionSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenResult.Verdict;
import dev.penstock.cli.golden.suite.GoldenSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the suites say of cases of selection and downsampling that are made up. */
final class SelectionSuitesTest {

  @Test
  void comparesWhatDoesNotDependOnTheDraw(@TempDir Path directory) throws IOException {
    GoldenSuite suite = new ConformanceSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"id": "A", "level": "test", "kind": "LabelBalanced",
         "given": {"counts": [40, 160, 100], "ratio": 50},
         "expect": {"target": 150, "per_class": [40, 55, 55], "total": 150}}
        {"id": "B", "level": "deviation", "kind": "fair_share",
         "given": {"capacity_counts": [[120, [10, 10, 100, 100]]]},
         "expect": {"modyn_share": [45], "intended_share": [50]}}
        {"id": "C", "level": "test", "kind": "NewData",
         "given": {"tail": 1, "limit": -1, "max_keys": 100, "triggers": [[0, 10], [10, 20], [20, 30]]},
         "expect": {"sizes": [10, 20, 20], "ranges": [[0, 10], [0, 20], [10, 30]]}}
        {"id": "D", "level": "test", "kind": "RS2",
         "given": {"n": 10, "ratio": [30], "replacement": [true]},
         "expect": {"sizes": [3], "no_duplicates_within_epoch": true}}
        {"id": "E", "level": "run", "kind": "DLIS.loss",
         "given": {"losses": [1, 3], "ratio": 100}, "expect": {"weights": [2, 0.666667]}}
        {"id": "F", "level": "run", "kind": "DLIS.loss",
         "given": {"losses": [1, -3], "ratio": 100}, "expect": {"error": "RuntimeError"}}
        {"id": "G", "level": "deviation", "kind": "Submodular.select",
         "given": {"gradients": [[1, 0], [1, 0.01], [-1, 0]], "k": [2]},
         "expect": {"modyn": [[0, 1]], "intended": [[0, 2]]}}
        {"id": "H", "level": "run", "kind": "GradMatch.select",
         "given": {"gradients": [[1, 0], [0, 1]], "k": [1]},
         "expect": {"selected": [[1]], "weights": [[1]]}}
        """
            .replace(",\n", ","));

    assertThat(suite.run(directory))
        .extracting(GoldenResult::name, GoldenResult::verdict)
        .containsExactly(
            tuple("A LabelBalanced", Verdict.AGREES),
            tuple("B fair_share", Verdict.AGREES),
            tuple("C NewData", Verdict.AGREES),
            tuple("D RS2", Verdict.AGREES),
            tuple("E DLIS.loss", Verdict.AGREES),
            tuple("F DLIS.loss", Verdict.AGREES),
            tuple("G Submodular.select", Verdict.AGREES),
            tuple("H GradMatch.select", Verdict.DISAGREES));
  }

  @Test
  void takesWhatACaseRefersTo(@TempDir Path directory) throws IOException {
    GoldenSuite suite = new ConformanceSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"id": "A", "level": "run", "kind": "KCenter",
         "given": {"points_1d": [0, 1, 5], "start": 0, "k": 2}, "expect": [0, 2]}
        {"id": "B", "level": "run", "kind": "KCenter",
         "given": {"same_as": "A", "start": 1}, "expect": [1, 2]}
        {"id": "C", "level": "run", "kind": "KCenter", "given": {"same_as": "Z"}, "expect": []}
        """
            .replace(",\n", ","));

    assertThat(suite.run(directory))
        .containsExactly(
            GoldenResult.agrees("A KCenter"),
            GoldenResult.agrees("B KCenter"),
            GoldenResult.notCompared("C KCenter", "case Z is not in the file"));
  }

  @Test
  void tellsWhichCoresetsDisagreeAndWhichAreNotCompared(@TempDir Path directory)
      throws IOException {
    GoldenSuite suite = new SelectionSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"cases": [
          {"algorithm": "k_center_greedy", "name": "line", "input": {"points": [[0], [1], [5]]},
           "params": {"initial": [0], "budget_new": 1},
           "expected": {"order": [2], "final_cover_radius": 1, "agrees_with_deepcore": true}},
          {"algorithm": "k_center_greedy", "name": "line", "input": {"points": [[0], [1], [5]]},
           "params": {"initial": [0], "budget_new": 1}, "expected": {"order": [1]}},
          {"algorithm": "omp_plain", "name": "axes", "input": {"A_d_by_n": [[2, 0], [0, 1]], "b": [4, -1]},
           "params": {"nnz": 2, "tol": 0.0001}, "expected": {"cords_OrthogonalMP": [2, -1]}},
          {"algorithm": "tides", "name": "unknown", "params": {}, "input": {}, "expected": {}}
        ]}
        """);

    assertThat(suite.run(directory))
        .extracting(GoldenResult::verdict, GoldenResult::reason)
        .containsExactly(
            tuple(Verdict.AGREES, ""),
            tuple(Verdict.DISAGREES, "order[0] is 2, expected 1"),
            tuple(Verdict.AGREES, ""),
            tuple(Verdict.NOT_COMPARED, "no counterpart of tides"));
  }
}
