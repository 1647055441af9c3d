package dev.penstock.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec.Budget;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Criteria are what their specs declare. */
final class CriteriaOfSpecsTest {

  private static final List<CriterionSpec> SPECS =
      List.of(
          new CriterionSpec.Threshold(0.5),
          new CriterionSpec.PValue(0.05),
          new CriterionSpec.DynamicQuantile(10, 0.05),
          new CriterionSpec.DynamicRollingAverage(10, 0.05, /* absolute= */ false),
          new CriterionSpec.Hysteresis(0.5, 0.5),
          new CriterionSpec.Alarms(new Budget(1, Duration.ofDays(30))));

  @Test
  void everyKindOfSpecHasACriterion() {
    assertThat(SPECS.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(CriterionSpec.class.getPermittedSubclasses());
    for (CriterionSpec spec : SPECS) {
      Criterion criterion = Criteria.of(spec, Direction.HIGH);
      assertThat(criterion.judge(0.3, 0).score()).isEqualTo(0.3);
    }
  }

  @Test
  void thoseThatNeedNoCalibrationSayTheSameOfAScoreAtOnce() {
    for (CriterionSpec spec : SPECS) {
      Criterion fresh = Criteria.of(spec, Direction.HIGH);
      Criterion experienced = Criteria.of(spec, Direction.HIGH);
      for (int i = 0; i < 30; i++) {
        experienced.judge(0.3 + i * 1e-3, i);
      }
      assertThat(experienced.judge(0.4, 31).equals(fresh.judge(0.4, 31)))
          .as("%s", spec)
          .isEqualTo(!spec.needsCalibration());
    }
  }

  @Test
  void aPValueFiresBelowItsLevelOnly() {
    Criterion criterion = Criteria.of(new CriterionSpec.PValue(0.05), Direction.HIGH);

    assertThat(criterion.judge(0.05))
        .isEqualTo(new Decision(0.05, OptionalDouble.of(0.05), /* fired= */ false));
    assertThat(criterion.judge(0.049).fired()).isTrue();
    assertThatThrownBy(() -> criterion.judge(1.5)).hasMessage("p-value must be in [0, 1], got 1.5");
  }

  @Test
  void aLevelOfThePValueJudgesThatInPlaceOfTheScore() {
    Score score = new Score(0.7, OptionalDouble.of(0.01), 10, 10, 1);
    Score without = new Score(0.7, OptionalDouble.empty(), 10, 10, 1);

    assertThat(Criteria.judged(new CriterionSpec.PValue(0.05), score)).isEqualTo(0.01);
    assertThat(Criteria.judged(new CriterionSpec.Threshold(0.05), score)).isEqualTo(0.7);
    assertThatThrownBy(() -> Criteria.judged(new CriterionSpec.PValue(0.05), without))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
