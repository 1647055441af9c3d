package dev.penstock.core.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchmarkReportTest {

  private static final Measure RATIO =
      Measure.of("ratio of \"scan\"", "ratio", Goal.atLeast(0.9), List.of(0.95, 0.7, 0.92));

  @Test
  void takesTheMedianOfTheRuns() {
    assertThat(RATIO.value()).isEqualTo(0.92);
    assertThat(Measure.informative("m", "s", List.of(4.0, 1.0, 2.0, 3.0)).value()).isEqualTo(2.5);
    assertThatThrownBy(() -> Measure.informative("m", "s", List.of()))
        .hasMessage("runs must have an entry, got []");
  }

  @Test
  void printsJsonWithGoalsAndRuns() {
    BenchmarkReport report =
        new BenchmarkReport(
            List.of(RATIO, Measure.informative("speed", "samples/s", List.of(1.5, Double.NaN))));

    assertThat(report.toJson())
        .isEqualTo(
            "{\"measures\":[{\"name\":\"ratio of \\\"scan\\\"\",\"value\":0.92,\"unit\":\"ratio\","
                + "\"goal\":0.9,\"met\":true,\"runs\":[0.95,0.7,0.92]},"
                + "{\"name\":\"speed\",\"value\":null,\"unit\":\"samples/s\","
                + "\"goal\":null,\"met\":null,\"runs\":[1.5,null]}]}");
    assertThat(report.exitCode()).isZero();
  }

  @Test
  void printsATableForPeople() {
    Measure state = Measure.of("state", "bytes", Goal.atMost(2), List.of(2.5));
    Measure speed = Measure.informative("speed", "samples/s", List.of(1_234_567.0));

    BenchmarkReport report = new BenchmarkReport(List.of(state, speed));

    assertThat(report.toTable().lines())
        .containsExactly(
            "state           2.500 bytes  (2.500 … 2.500)  goal <= 2.000: NOT MET",
            "speed       1,234,567 samples/s  (1,234,567 … 1,234,567)");
    assertThat(report.exitCode()).isOne();
  }

  @Test
  void nanMeetsNoGoal() {
    assertThat(Goal.atLeast(1).isMetBy(Double.NaN)).isFalse();
    assertThat(Goal.atMost(1).isMetBy(Double.NaN)).isFalse();
    assertThat(Goal.atMost(1).isMetBy(1)).isTrue();
  }

  @Test
  void runsInTurnsAndAlternatesWhoIsFirst() {
    List<String> order = new ArrayList<>();

    InterleavedRuns runs =
        InterleavedRuns.measure(
            1, 2, () -> figure(order, "base", 2), () -> figure(order, "candidate", 3));

    assertThat(order)
        .containsExactly("candidate", "base", "base", "candidate", "candidate", "base");
    assertThat(runs.baseline()).containsExactly(2.0, 2.0);
    assertThat(runs.candidate()).containsExactly(3.0, 3.0);
    assertThat(runs.ratios()).containsExactly(1.5, 1.5);
  }

  private static double figure(List<String> order, String name, double figure) {
    order.add(name);
    return figure;
  }
}
