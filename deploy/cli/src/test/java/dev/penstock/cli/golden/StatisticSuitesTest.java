package dev.penstock.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.cli.golden.GoldenResult.Verdict;
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
        new RocAucSuite(),
        new PoliciesSuite(),
        new ConformanceSuite());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void agreesWithTheReference(GoldenSuite suite) throws IOException {
    Path directory = golden();
    assumeThat(directory.resolve(suite.file())).exists();

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

  private static Path golden() {
    Path module = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    return Stream.iterate(module, Objects::nonNull, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElse(module)
        .resolveSibling("shared/golden");
  }
}
