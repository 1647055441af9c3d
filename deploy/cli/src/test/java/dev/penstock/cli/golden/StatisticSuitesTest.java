package dev.penstock.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.cli.golden.conformance.ConformanceSuite;
import dev.penstock.cli.golden.policy.PoliciesSuite;
import dev.penstock.cli.golden.recorded.PrequentialSuite;
import dev.penstock.cli.golden.recorded.RealDataSuite;
import dev.penstock.cli.golden.statistic.DiscreteDistancesSuite;
import dev.penstock.cli.golden.statistic.EvidentlyDistancesSuite;
import dev.penstock.cli.golden.statistic.FrourosDistancesSuite;
import dev.penstock.cli.golden.statistic.LsddSuite;
import dev.penstock.cli.golden.statistic.MetricsSuite;
import dev.penstock.cli.golden.statistic.MmdSuite;
import dev.penstock.cli.golden.statistic.TwoSampleTestsSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenResult.Verdict;
import dev.penstock.cli.golden.suite.GoldenSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statistics beside scipy, evidently, frouros, alibi-detect, scikit-learn; parts of policies beside
 * Modyn.
 */
final class StatisticSuitesTest {

  static Stream<GoldenSuite> suites() {
    return Stream.of(
        new TwoSampleTestsSuite(),
        new DiscreteDistancesSuite(),
        new EvidentlyDistancesSuite(),
        new FrourosDistancesSuite(),
        new MmdSuite(),
        new LsddSuite(),
        new MetricsSuite(),
        new RealDataSuite(golden().resolveSibling("data")),
        new PrequentialSuite(golden().resolveSibling("data")),
        new PoliciesSuite(),
        new ConformanceSuite());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void agreesWithTheReference(GoldenSuite suite) throws IOException {
    Path directory = golden();
    assumeThat(directory.resolve(suite.file())).exists();
    assumeThat(directory.resolveSibling("data")).exists();

    assertThat(suite.run(directory))
        .filteredOn(result -> result.verdict() != Verdict.NOT_COMPARED)
        .isNotEmpty()
        .allSatisfy(
            result -> assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.AGREES));
  }

  @Test
  void tellsWhatDisagreesAndWhatIsNotCompared(@TempDir Path directory) throws IOException {
    GoldenSuite suite = new TwoSampleTestsSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"cases": [
          {"name": "near", "test": "wasserstein_1", "params": {},
           "input": {"x": [0], "y": [1]}, "expected": {"distance": 1.0000000001}},
          {"name": "far", "test": "wasserstein_1", "params": {},
           "input": {"x": [0], "y": [1]}, "expected": {"distance": 1.00001}},
          {"name": "more", "test": "wasserstein_1", "params": {},
           "input": {"x": [0], "y": [1]}, "expected": {"distance": 1, "speed": 1}},
          {"name": "refused", "test": "wasserstein_1", "params": {},
           "input": {"x": [], "y": [1]}, "expected": {"error": "ValueError"}},
          {"name": "allowed", "test": "wasserstein_1", "params": {},
           "input": {"x": [0], "y": [1]}, "expected": {"error": "ValueError"}},
          {"name": "unknown", "test": "kuiper", "params": {},
           "input": {"x": [0], "y": [1]}, "expected": {"statistic": 1}}
        ]}
        """);

    assertThat(suite.run(directory))
        .containsExactly(
            GoldenResult.agrees("near wasserstein_1 {}"),
            GoldenResult.disagrees("far wasserstein_1 {}", "distance is 1.0, expected 1.00001"),
            GoldenResult.disagrees("more wasserstein_1 {}", "speed is not computed"),
            GoldenResult.agrees("refused wasserstein_1 {}"),
            GoldenResult.disagrees("allowed wasserstein_1 {}", "not refused: ValueError"),
            GoldenResult.notCompared("unknown kuiper {}", "no counterpart of kuiper"));
  }

  @Test
  void tellsWhichValuesOfACaseAreNotCompared(@TempDir Path directory) throws IOException {
    GoldenSuite suite = new MetricsSuite();
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"cases": [
          {"name": "near", "kind": "binary", "params": {"threshold": 0.5},
           "input": {"y": [0, 1], "score": [0.4, 0.5]},
           "expected": {"roc_auc": 1, "accuracy@0.5": 1, "f1@0.5": 1, "brier": 0.205}},
          {"name": "far", "kind": "multiclass", "params": {"n_classes": 3},
           "input": {"y": [0, 1], "proba": [[0.6, 0.3, 0.1], [0.5, 0.3, 0.2]]},
           "expected": {"f1_macro_zd1_all_labels": 0.5, "top_2_accuracy": 1}},
          {"name": "real", "kind": "regression", "params": {},
           "input": {"y": [0, 2], "pred": [1, 2]}, "expected": {"mae": 0.5, "mse": 0.5}},
          {"name": "short", "kind": "regression", "params": {},
           "input": {"y": [0, 2], "pred": [1]}, "expected": {"error": "ValueError"}},
          {"name": "none", "kind": "regression", "params": {}, "expected": {"mae": 1}},
          {"name": "unknown", "kind": "ranking", "params": {}, "input": {}, "expected": {"ndcg": 1}}
        ]}
        """);

    assertThat(suite.run(directory))
        .extracting(GoldenResult::verdict, GoldenResult::reason)
        .containsExactly(
            tuple(Verdict.AGREES, ""),
            tuple(Verdict.NOT_COMPARED, "no model is evaluated by it"),
            tuple(Verdict.DISAGREES, "f1_macro_zd1_all_labels is 0.5555555555555555, expected 0.5"),
            tuple(Verdict.AGREES, ""),
            tuple(Verdict.AGREES, ""),
            tuple(Verdict.DISAGREES, "mae is NaN, expected 1.0"),
            tuple(Verdict.NOT_COMPARED, "no counterpart of ranking"));
  }

  @Test
  void tellsWhereARecordedDatasetIsMissing(@TempDir Path directory) throws IOException {
    GoldenSuite suite = new RealDataSuite(directory);
    Files.writeString(
        directory.resolve(suite.file()),
        """
        {"cases": [{"input": {"dataset": "elec2", "chunk": "1:2", "reference": "rows 0:0"},
          "params": {}, "expected": {"p_up": 1}}]}
        """);

    assertThat(suite.run(directory))
        .containsExactly(
            GoldenResult.notCompared(
                "elec2 1:2 rows 0:0 {}", "no data of elec2 in " + directory.normalize()));
  }

  private static Path golden() {
    Path module = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    return Stream.iterate(module, Objects::nonNull, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElse(module)
        .resolveSibling("shared/golden");
  }
}
