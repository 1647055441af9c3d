package dev.penstock.core.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.alarm.AlarmSimulation.Law;
import dev.penstock.core.alarm.AlarmSimulation.Outcome;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A threshold that keeps false alarms within a budget. */
final class AlarmBudgetTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long PERIOD = Duration.ofDays(30).toMillis();

  /**
   * Within the budget where the memory covers the level, whatever the law. In the mean of 40
   * streams of 11 periods, an alarm a period each, chance alone is 5 % of it.
   */
  @ParameterizedTest
  @EnumSource
  void falseAlarmsStayWithinTheBudget(Law law) {
    Outcome outcome = AlarmSimulation.run(law, Duration.ofHours(1), 1);

    assertThat(outcome.later()).isBetween(0.5, 1.0);
    assertThat(outcome.first()).isLessThan(1.5);
  }

  /** Without the level that follows they are 1.3 times the budget. */
  @Test
  void alarmsThatBringFurtherOnesNearerStayWithinTheBudget() {
    assertThat(AlarmSimulation.ofReferences(100, 5000)).isBetween(0.5, 1.0);
  }

  @Test
  void anAlarmHalvesTheLevelUntilItsTimeHasPassed() {
    AlarmBudget budget = calibrated(Direction.HIGH);
    double before = budget.level();

    for (int i = 0; i < 16; i++) {
      budget.judge(i % 4 == 0 ? 1e6 : 0, (500 + i) * HOUR);
    }

    assertThat(budget.alarmsInPeriod()).isEqualTo(4);
    assertThat(budget.level()).as("three of them at most").isCloseTo(before / 8, within(1e-12));
    for (int i = 16; i < 16 + 2 * 720; i++) {
      budget.judge(0, (500 + i) * HOUR);
    }
    assertThat(budget.level()).isBetween(before / 4, before / 3.9);
    for (int i = 16 + 2 * 720; i < 16 + 4 * 720; i++) {
      budget.judge(0, (500 + i) * HOUR);
    }
    assertThat(budget.level()).isCloseTo(before, within(1e-12));
  }

  /** Correlated scores cost delay: the noise of the first ten checks is one draw, not ten. */
  @ParameterizedTest
  @CsvSource({"NORMAL, 0.98, 3", "AR_0_8, 0.85, 3", "OVERLAP_10, 0.85, 3"})
  void aShiftOfThreeDeviationsIsFoundWithinTenChecks(Law law, double share, double median) {
    Outcome outcome = AlarmSimulation.run(law, Duration.ofHours(1), 1);

    assertThat(outcome.detected()).isGreaterThanOrEqualTo(share);
    assertThat(outcome.medianDelay()).isLessThanOrEqualTo(median);
  }

  @Test
  void holdsUntilThereIsSomethingToCompareWith() {
    AlarmBudget budget = budget(1, Direction.HIGH);

    for (int i = 0; i < 20; i++) {
      Decision decision = budget.judge(i % 5, i * HOUR);

      assertThat(decision.threshold()).isEmpty();
      assertThat(decision.fired()).isFalse();
    }
    assertThat(budget.judge(1, 20 * HOUR).threshold()).isPresent();
  }

  @Test
  void learnsTheSpacingOfChecks() {
    AlarmBudget budget = budget(3, Direction.HIGH);

    for (int i = 0; i < 10; i++) {
      budget.judge(0, i * HOUR);
    }

    assertThat(budget.level()).isCloseTo(3.0 / 720, within(1e-12));
  }

  @Test
  void holdsWhileNoTimePasses() {
    AlarmBudget budget = budget(1, Direction.HIGH);

    for (int i = 0; i < 100; i++) {
      assertThat(budget.judge(i, 0).fired()).isFalse();
    }
    assertThat(budget.level()).isZero();
  }

  @Test
  void aRunIsOneAlarm() {
    AlarmBudget budget = calibrated(Direction.HIGH);
    List<Boolean> fired = new ArrayList<>();

    long hour = 500;
    for (double score : new double[] {9, 9, 0, 9, 0, 0, 0, 9}) {
      fired.add(budget.judge(score, hour++ * HOUR).fired());
    }

    assertThat(fired).containsExactly(true, false, false, false, false, false, false, true);
    assertThat(budget.alarmsInPeriod()).isEqualTo(2);
    assertThat(budget.spentShare()).isEqualTo(2);
  }

  @Test
  void aRunThatLastsFiresAgainWhenTheNextAlarmIsDue() {
    AlarmBudget budget = calibrated(Direction.HIGH);
    List<Integer> fired = new ArrayList<>();

    for (int i = 0; i < 1500; i++) {
      if (budget.judge(50, (500 + i) * HOUR).fired()) {
        fired.add(i);
      }
    }

    assertThat(fired).startsWith(0, 720, 1440);
    assertThat(budget.alarmsInPeriod()).isEqualTo(1);
  }

  @Test
  void aDriftThatWasFoundDoesNotHideTheNext() {
    AlarmBudget budget = calibrated(Direction.HIGH);
    double before = budget.threshold().orElseThrow();

    budget.judge(1e6, 500 * HOUR);
    for (int i = 501; i < 504; i++) {
      budget.judge(0, i * HOUR);
    }

    assertThat(budget.threshold().orElseThrow()).isBetween(before, 1.5 * before);
  }

  @Test
  void mirrorsTheDirection() {
    AlarmBudget high = budget(1, Direction.HIGH);
    AlarmBudget low = budget(1, Direction.LOW);
    Random random = new Random(42);
    for (int i = 0; i < 3000; i++) {
      double score = random.nextGaussian();
      Decision decision = high.judge(score, i * HOUR);
      Decision mirrored = low.judge(-score, i * HOUR);

      assertThat(mirrored.fired()).isEqualTo(decision.fired());
      decision.threshold().ifPresent(limit -> assertThat(mirrored.threshold()).hasValue(-limit));
    }
  }

  @Test
  void goesOnAfterARestoreAsBefore() throws IOException {
    AlarmBudget whole = budget(20, Direction.HIGH);
    AlarmBudget restored = budget(20, Direction.HIGH);
    Random random = new Random(42);
    for (int i = 0; i < 5000; i++) {
      double score = random.nextGaussian() + (i % 1000 > 980 ? 3 : 0);
      assertThat(restored.judge(score, i * HOUR)).isEqualTo(whole.judge(score, i * HOUR));
      if (i % 7 == 0) {
        AlarmBudget next = budget(20, Direction.HIGH);
        next.judge(1, 0);
        next.read(bytes(restored));
        restored = next;
      }
    }
    assertThat(restored.alarmsInPeriod()).isEqualTo(whole.alarmsInPeriod()).isPositive();
  }

  @Test
  void stateIsBounded() throws IOException {
    AlarmBudget budget = budget(1000, Direction.HIGH);
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      budget.judge(random.nextGaussian(), i * HOUR);
    }

    assertThat(bytes(budget).available()).isLessThan(8 * (2048 + 256 + 8));
  }

  @Test
  void refusesWhatItCannotJudge() {
    AlarmBudget budget = budget(1, Direction.HIGH);

    assertThatThrownBy(() -> budget.judge(1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("A budget of alarms needs the slice time of a score");
    assertThatThrownBy(() -> budget.judge(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score must be finite, got NaN");
    assertThatThrownBy(() -> budget(0, Direction.HIGH))
        .hasMessage("alarms must be at least 1, got 0");
  }

  /** Scores whose threshold lies at a few units. */
  private static AlarmBudget calibrated(Direction direction) {
    AlarmBudget budget = budget(1, direction);
    Random random = new Random(42);
    for (int i = 0; i < 500; i++) {
      budget.judge(Math.min(Math.abs(random.nextGaussian()), 2), i * HOUR);
    }
    assertThat(budget.threshold().orElseThrow()).isBetween(2.0, 8.0);
    assertThat(budget.alarmsInPeriod()).isZero();
    return budget;
  }

  private static AlarmBudget budget(long alarms, Direction direction) {
    return new AlarmBudget(new AlarmBudget.Settings(alarms, PERIOD, direction));
  }

  private static DataInputStream bytes(AlarmBudget budget) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    budget.write(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
