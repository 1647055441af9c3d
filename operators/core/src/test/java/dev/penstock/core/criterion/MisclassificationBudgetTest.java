package dev.penstock.core.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.criterion.AvoidableMisclassifications.Reduction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A budget of misclassifications that a new model would have avoided. */
final class MisclassificationBudgetTest {

  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void firesWhenTheBudgetIsSpent() {
    MisclassificationBudget budget = budget(OptionalDouble.of(0.9), Reduction.REFUSED);

    assertThat(budget.judge(100, 16, NONE).fired()).isFalse();
    assertThat(budget.judge(100, 0, NONE))
        .isEqualTo(new Decision(6, OptionalDouble.of(10), /* fired= */ false));
    assertThat(budget.judge(100, 14, NONE))
        .isEqualTo(new Decision(10, OptionalDouble.of(10), /* fired= */ true));
    budget.onTrigger();
    assertThat(budget.sum()).isZero();
  }

  @Test
  void letsGoodBlocksMakeUpForBadOnes() {
    MisclassificationBudget budget = budget(NONE, Reduction.ALLOWED);

    budget.judge(100, 16, OptionalDouble.of(0.9));
    budget.judge(100, 2, OptionalDouble.of(0.9));

    assertThat(budget.sum()).isEqualTo(-2);
  }

  @Test
  void takesNothingForAvoidableWithoutAnyForecast() {
    MisclassificationBudget budget = budget(NONE, Reduction.ALLOWED);

    assertThat(budget.judge(100, 50, NONE).score()).isZero();
  }

  @Test
  void goesOnAfterARestoreAsBefore() throws IOException {
    MisclassificationBudget budget = budget(OptionalDouble.of(1), Reduction.REFUSED);
    budget.judge(100, 7, NONE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    budget.write(new DataOutputStream(bytes));

    MisclassificationBudget restored = budget(OptionalDouble.of(1), Reduction.REFUSED);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.judge(10, 2, NONE)).isEqualTo(budget.judge(10, 2, NONE));
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> budget(OptionalDouble.of(1.5), Reduction.REFUSED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected-accuracy must be in [0, 1], got 1.5");
  }

  private static MisclassificationBudget budget(OptionalDouble accuracy, Reduction reduction) {
    return new MisclassificationBudget(10, new AvoidableMisclassifications(accuracy, reduction));
  }
}
