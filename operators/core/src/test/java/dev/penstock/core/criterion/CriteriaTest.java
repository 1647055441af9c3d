package dev.penstock.core.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.criterion.DynamicRollingAverage.Deviation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What criteria say of scores, and that a restored one goes on as before. */
final class CriteriaTest {

  static Stream<Supplier<Criterion>> criteria() {
    return Stream.of(Direction.values()).flatMap(CriteriaTest::criteria);
  }

  private static Stream<Supplier<Criterion>> criteria(Direction direction) {
    return Stream.of(
        () -> new StaticThreshold(0.7, direction),
        () -> new DynamicQuantile(new DynamicQuantile.Settings(7, 0.2, direction)),
        () ->
            new DynamicRollingAverage(
                new DynamicRollingAverage.Settings(5, 0.1, Deviation.ABSOLUTE, direction)),
        () ->
            new DynamicRollingAverage(
                new DynamicRollingAverage.Settings(5, 0.1, Deviation.RELATIVE, direction)),
        () -> new Hysteresis(new Hysteresis.Settings(0.5, 0.5, direction)));
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void goesOnAfterARestoreAsBefore(Supplier<Criterion> criterion) throws IOException {
    Criterion whole = criterion.get();
    Criterion restored = criterion.get();
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      double score = random.nextDouble();
      assertThat(restored.judge(score)).as("score %d", i).isEqualTo(whole.judge(score));
      Criterion next = criterion.get();
      next.judge(random.nextDouble());
      next.read(bytes(restored));
      restored = next;
    }
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void refusesScoresThatAreNotFinite(Supplier<Criterion> criterion) {
    assertThatThrownBy(() -> criterion.get().judge(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score must be finite, got NaN");
  }

  @Test
  void mirrorsTheDirection() {
    Criterion[] high = criteria(Direction.HIGH).map(Supplier::get).toArray(Criterion[]::new);
    Criterion[] low =
        Stream.<Criterion>of(
                new StaticThreshold(-0.7, Direction.LOW),
                new DynamicQuantile(new DynamicQuantile.Settings(7, 0.2, Direction.LOW)),
                new DynamicRollingAverage(
                    new DynamicRollingAverage.Settings(5, 0.1, Deviation.ABSOLUTE, Direction.LOW)))
            .toArray(Criterion[]::new);
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      double score = random.nextDouble();
      for (int j = 0; j < low.length; j++) {
        assertThat(low[j].judge(-score).fired()).isEqualTo(high[j].judge(score).fired());
      }
    }
  }

  @Test
  void comparesWithTheScoresBefore() {
    Criterion quantile = new DynamicQuantile(new DynamicQuantile.Settings(4, 0.25, Direction.HIGH));

    assertThat(quantile.judge(5))
        .isEqualTo(new Decision(5, OptionalDouble.empty(), /* fired= */ true));
    assertThat(quantile.judge(5))
        .isEqualTo(new Decision(5, OptionalDouble.of(5), /* fired= */ false));
    assertThat(quantile.judge(9))
        .isEqualTo(new Decision(9, OptionalDouble.of(5), /* fired= */ true));
    assertThat(quantile.judge(7))
        .isEqualTo(new Decision(7, OptionalDouble.of(7), /* fired= */ false));
  }

  @Test
  void firesAtTheDeviation() {
    Criterion average =
        new DynamicRollingAverage(
            new DynamicRollingAverage.Settings(2, 0.5, Deviation.RELATIVE, Direction.LOW));

    average.judge(4);

    assertThat(average.judge(2))
        .isEqualTo(new Decision(2, OptionalDouble.of(2), /* fired= */ true));
    assertThat(average.judge(2))
        .isEqualTo(new Decision(2, OptionalDouble.of(1.5), /* fired= */ false));
  }

  @Test
  void firesOnceUntilItIsRearmed() {
    Criterion hysteresis = new Hysteresis(new Hysteresis.Settings(0.8, 0.4, Direction.HIGH));
    List<Boolean> fired = new ArrayList<>();

    for (double score : new double[] {0.8, 0.9, 0.7, 0.9, 0.4, 0.9, 0.3, 0.9}) {
      fired.add(hysteresis.judge(score).fired());
    }

    assertThat(fired).containsExactly(false, true, false, false, false, false, false, true);
  }

  @ParameterizedTest
  @EnumSource
  void refusesToRearmBeyondTheLevelAtWhichItFires(Direction direction) {
    double beyond = direction == Direction.HIGH ? 2 : 0;
    String demand = direction == Direction.HIGH ? "at most" : "at least";

    assertThatThrownBy(() -> new Hysteresis.Settings(1, beyond, direction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rearm must be " + demand + " fire, 1.0, got " + beyond);
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> new DynamicQuantile.Settings(10, 2, Direction.HIGH))
        .hasMessage("quantile must be in (0, 1), got 2.0");
    assertThatThrownBy(() -> new DynamicQuantile.Settings(0, 0.1, Direction.HIGH))
        .hasMessage("window must be at least 1, got 0");
    assertThatThrownBy(
            () -> new DynamicRollingAverage.Settings(1, -1, Deviation.ABSOLUTE, Direction.LOW))
        .hasMessage("deviation must be finite and not negative, got -1.0");
    assertThatThrownBy(() -> new StaticThreshold(Double.NaN, Direction.LOW))
        .hasMessage("threshold must be finite, got NaN");
  }

  private static DataInputStream bytes(Criterion criterion) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    criterion.write(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
