package dev.penstock.cli.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Detectors compared on little. */
final class DetectorBenchmarkTest {

  @Test
  void theSameArgumentsPrintTheSame() {
    DetectionTables tables = DetectorBenchmark.run(2, 2000);

    assertThat(DetectorBenchmark.run(2, 2000).toText()).isEqualTo(tables.toText());
    assertThat(tables.toText().lines().map(String::length).distinct())
        .as("columns are aligned")
        .hasSizeLessThan(8);
    assertThat(tables.toJson())
        .contains("{\"stream\":\"sea-abrupt\",\"detector\":\"never\",\"mean-delay\":null");
  }

  @Test
  void learnersAreRightMoreOftenIfTheyStartAnewAtADrift() {
    List<DetectionScore> clusters = scores("clusters-abrupt");

    assertThat(named(clusters, "adwin").missed()).isLessThan(0.5);
    assertThat(named(clusters, "never").missed()).isEqualTo(1);
    assertThat(named(clusters, "adwin").errorRate())
        .isLessThan(named(clusters, "random").errorRate())
        .isLessThan(named(clusters, "never").errorRate());
  }

  @Test
  void refusesStreamsThatAreTooShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetectorBenchmark.run(1, 999))
        .withMessage("samples must be at least 1000, got 999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetectorBenchmark.run(0, 1000))
        .withMessage("seeds must be at least 1, got 0");
  }

  private static List<DetectionScore> scores(String scenario) {
    return DetectorBenchmark.run(2, 8000).scores().stream()
        .filter(row -> row.get(0).scenario().name().equals(scenario))
        .findFirst()
        .orElseThrow();
  }

  private static DetectionScore named(List<DetectionScore> scores, String contestant) {
    List<String> names = Contestant.ALL.stream().map(Contestant::name).toList();
    return scores.get(names.indexOf(contestant));
  }
}
