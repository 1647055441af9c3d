package dev.penstock.cli.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.DriftSchedule.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an alarm counts for. */
final class DetectionScoreTest {

  private static final int SAMPLES = 400;
  private static final List<Long> POINTS = List.of(100L, 200L, 300L);

  @Test
  void theFirstAlarmAtAChangeSeesIt() {
    DetectionScore score = score(Kind.ABRUPT, 110, 220, 300);

    assertThat(score.meanDelay()).isEqualTo(10);
    assertThat(score.missed()).isZero();
    assertThat(score.falseAlarmsPerMillion()).isZero();
  }

  @Test
  void otherAlarmsAreFalse() {
    // Before any change, again after one that was seen, too late, and at the end.
    DetectionScore score = score(Kind.ABRUPT, 50, 105, 106, 250, 310, 399);

    assertThat(score.meanDelay()).isEqualTo(7.5);
    assertThat(score.missed()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(score.falseAlarmsPerMillion()).isEqualTo(4 * 2_500);
  }

  @Test
  void aGradualChangeBeginsEarlyAndMaySeeMoreThanOneAlarm() {
    DetectionScore score = score(Kind.GRADUAL, 95, 105, 111, 249, 250);

    assertThat(score.meanDelay()).isEqualTo((5 + 59) / 2.0);
    assertThat(score.missed()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(score.falseAlarmsPerMillion()).isEqualTo(2 * 2_500);
  }

  @Test
  void allAlarmsOfAStreamWithoutChangesAreFalse() {
    DetectionScore score = score(Kind.NONE, 0, 399);

    assertThat(score.meanDelay()).isNaN();
    assertThat(score.missed()).isNaN();
    assertThat(score.falseAlarmsPerMillion()).isEqualTo(2 * 2_500);
  }

  /** Of alarms at those samples, on a stream whose first half is wrong. */
  private static DetectionScore score(Kind kind, int... alarms) {
    List<Long> points = kind == Kind.NONE ? List.of() : POINTS;
    boolean[] errors = new boolean[SAMPLES];
    Arrays.fill(errors, 0, SAMPLES / 2, /* val= */ true);
    Scenario scenario =
        new Scenario(
            "made-up",
            new DriftSchedule(kind, points, 20),
            SAMPLES,
            seed -> () -> new FixedErrors(errors));
    DetectionScore score = new DetectionScore(scenario);
    int[] next = {-1};
    score.add(
        scenario.draw().apply(0).get(),
        error -> {
          next[0]++;
          return Arrays.stream(alarms).anyMatch(at -> at == next[0]);
        });
    assertThat(score.errorRate()).isEqualTo(0.5);
    return score;
  }
}
