package dev.penstock.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.cli.golden.detector.DetectorSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Detectors beside the reference implementations, and how cases are judged. */
final class DetectorSuiteTest {

  /** 100 right answers, then 100 wrong ones. */
  private static final String STREAMS =
      """
      {"binary_as_01_string": {"step": "%s"}, "real_valued": {"level": [0.5, 2.5, 0.5]}}
      """
          .formatted("0".repeat(100) + "1".repeat(100));

  @TempDir Path directory;

  static Stream<DetectorSuite> suites() {
    return VerifyGoldenCommand.suites(Path.of("data")).stream()
        .filter(DetectorSuite.class::isInstance)
        .map(DetectorSuite.class::cast);
  }

  @ParameterizedTest
  @MethodSource("suites")
  void noCaseDisagrees(DetectorSuite suite) throws IOException {
    Path golden = golden();
    assumeThat(golden.resolve(suite.file())).as("golden cases").exists();

    List<GoldenResult> results = suite.run(golden);

    assertThat(results).noneMatch(result -> result.verdict() == Verdict.DISAGREES);
    assertThat(results).anyMatch(result -> result.verdict() == Verdict.AGREES);
    assertThat(results)
        .filteredOn(result -> result.verdict() == Verdict.NOT_COMPARED)
        .allMatch(result -> !result.reason().isEmpty());
  }

  @Test
  void agreesWhereEverythingIsTheSame() throws IOException {
    assertThat(verdict("{'detector': 'moa.DDM', 'defaults': true}", "step", "[100]", 1))
        .isEqualTo(GoldenResult.agrees("moa.DDM on step"));
  }

  @Test
  void disagreesWithTheSamplesOfBoth() throws IOException {
    assertThat(verdict("{'detector': 'moa.DDM', 'warningLevel': 1}", "step", "[101]", 1))
        .isEqualTo(
            GoldenResult.disagrees(
                "moa.DDM warningLevel=1 on step", "changes at [100], not [101]"));
    assertThat(verdict("{'detector': 'river.KSWIN', 'seed': 1}", "step", "[100]", 9).verdict())
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void parametersReachTheDetector() throws IOException {
    String cusum = "{'detector': 'frouros.CUSUM', 'lambda_': %s}";

    assertThat(verdict(cusum.formatted("5"), "step", "[105]", 1).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(verdict(cusum.formatted("10"), "step", "[105]", 1).verdict())
        .isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void doesNotCompareWhatItDoesNotKnow() throws IOException {
    assertThat(verdict("{'detector': 'moa.GeometricMovingAverageDM'}", "step", "[]", 0).reason())
        .isEqualTo("Penstock has no such detector");
    assertThat(verdict("{'detector': 'moa.DDM', 'x': 1}", "step", "[]", 0).reason())
        .isEqualTo("Penstock has no setting for [x]");
    assertThat(verdict("{'detector': 'moa.DDM'}", "other", "[]", 0).reason())
        .isEqualTo("the stream is not in the collection");
    assertThat(verdict("{'detector': 'moa.DDM'}", "level", "[]", 0).reason())
        .isEqualTo("Penstock refuses the stream: an error must be 0 or 1, got 0.5");
    assertThat(verdict("{'detector': 'moa.DDM'}", "level", "[]", 0).verdict())
        .isEqualTo(Verdict.NOT_COMPARED);
  }

  @Test
  void aRefusedSettingIsADisagreement() throws IOException {
    assertThat(verdict("{'detector': 'river.ADWIN', 'delta': 2}", "step", "[]", 0))
        .isEqualTo(
            GoldenResult.disagrees(
                "river.ADWIN delta=2 on step",
                "Penstock refuses the settings: delta must be in (0, 1), got 2.0"));
  }

  @Test
  void exitCodeTellsDisagreement() throws IOException {
    write("detectors_moa.json", "{'detector': 'moa.DDM'}", "step", "[100]", 1);
    assertThat(exitCode()).isZero();
    write("detectors_moa.json", "{'detector': 'moa.DDM'}", "step", "[]", 0);
    assertThat(exitCode()).isEqualTo(1);
  }

  private int exitCode() {
    return new CommandLine(new VerifyGoldenCommand()).execute(directory.toString(), "--cases");
  }

  private GoldenResult verdict(String params, String stream, String changes, int count)
      throws IOException {
    for (DetectorSuite suite : suites().toList()) {
      String library = suite.file().replace("detectors_", "").replace(".json", ".");
      if (params.contains("'" + library)) {
        write(suite.file(), params, stream, changes, count);
        return suite.run(directory).get(0);
      }
    }
    throw new AssertionError("no suite for " + params);
  }

  private void write(String file, String params, String stream, String changes, int count)
      throws IOException {
    Files.writeString(directory.resolve("streams.json"), STREAMS);
    Files.writeString(
        directory.resolve(file),
        """
        {"cases": [{"input": {"stream": "%s"}, "params": %s, "expected":
          {"change_indices": %s, "n_changes": %d}}]}
        """
            .formatted(stream, params.replace('\'', '"'), changes, count));
  }

  /** The collection, where it is at hand. */
  private static Path golden() {
    Path module = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    return Stream.iterate(module, Objects::nonNull, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
        .findFirst()
        .orElse(module)
        .resolveSibling("shared/golden");
  }
}
