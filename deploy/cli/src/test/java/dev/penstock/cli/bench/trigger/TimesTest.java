package dev.penstock.cli.bench.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.benchmark.Measure;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmarks run; what they find is for a quiet machine to say. */
final class TimesTest {

  @Test
  void everyDetectorIsTimedBesideACounter() {
    List<Measure> measures = DetectorTimes.measure(2000, 0, 1);

    assertThat(measures).extracting(Measure::name).contains("adwin", "kswin over counter");
    assertThat(measures).hasSize(30).allSatisfy(m -> assertThat(m.value()).isPositive());
  }

  @Test
  void everyMetricIsTimedWithAndWithoutItsReferenceAtHand() {
    List<Measure> measures = MetricTimes.measure(40, 3, 0, 1);

    assertThat(measures)
        .extracting(Measure::name)
        .contains("cramer-von-mises, 3 features, first", "mmd, 3 features, next");
    assertThat(measures).hasSize(3 * (Distance.values().length + 4));
  }

  @Test
  void refusesWhatCannotBeTimed() {
    assertThatThrownBy(() -> DetectorTimes.measure(0, 0, 1))
        .hasMessage("errors must be at least 1, got 0");
    assertThatThrownBy(() -> MetricTimes.measure(3, 1, 0, 1))
        .hasMessage("rows must be at least 4 and features at least 1, got 3 and 1");
  }
}
