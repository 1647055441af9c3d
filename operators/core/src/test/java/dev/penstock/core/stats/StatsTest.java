package dev.penstock.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quantiles, lines and the last values of a series. */
final class StatsTest {

  @ParameterizedTest
  @EnumSource
  void growsWithTheShareAndStaysWithinTheValues(QuantileMethod method) {
    double[] sorted = new Random(42).doubles(17).sorted().toArray();
    double last = sorted[0];
    for (int i = 0; i <= 100; i++) {
      double quantile = method.of(sorted, i / 100.0);
      assertThat(quantile).isBetween(last, sorted[16]);
      last = quantile;
    }
    assertThat(method.of(sorted, 0)).isEqualTo(sorted[0]);
    assertThat(method.of(sorted, 1)).isEqualTo(sorted[16]);
  }

  @ParameterizedTest
  @EnumSource
  void isTheOnlyValueThereIs(QuantileMethod method) {
    assertThat(method.of(new double[] {3}, 0.3)).isEqualTo(3);
    assertThatThrownBy(() -> method.of(new double[0], 0.3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values must be at least 1, got 0");
    assertThatThrownBy(() -> method.of(new double[] {3}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantile must be in [0, 1], got 2.0");
  }

  @Test
  void lieWhereTheMethodSays() {
    double[] sorted = {1, 2, 3, 4};

    assertThat(QuantileMethod.LINEAR.of(sorted, 0.25)).isEqualTo(1.75);
    assertThat(QuantileMethod.LOWER.of(sorted, 0.25)).isEqualTo(1);
    assertThat(QuantileMethod.HIGHER.of(sorted, 0.25)).isEqualTo(2);
    assertThat(QuantileMethod.NEAREST.of(sorted, 0.25)).isEqualTo(2);
    assertThat(QuantileMethod.MIDPOINT.of(sorted, 0.25)).isEqualTo(1.5);
    assertThat(QuantileMethod.HAZEN.of(sorted, 0.25)).isEqualTo(1.5);
    assertThat(QuantileMethod.WEIBULL.of(sorted, 0.25)).isEqualTo(1.25);
    assertThat(QuantileMethod.MEDIAN_UNBIASED.of(sorted, 0.25)).isCloseTo(17 / 12.0, within(1e-12));
    assertThat(QuantileMethod.NORMAL_UNBIASED.of(sorted, 0.25)).isCloseTo(1.4375, within(1e-12));
  }

  @Test
  void fitsALineWhoseSlopeIsPenalized() {
    double[] x = {0, 1, 2};
    double[] y = {1, 3, 5};

    assertThat(RidgeLine.fit(x, y, 0)).isEqualTo(new RidgeLine(1, 2));
    assertThat(RidgeLine.fit(x, y, 2)).isEqualTo(new RidgeLine(2, 1));
    assertThat(RidgeLine.fit(new double[] {7}, new double[] {4}, 0).at(100)).isEqualTo(4);
    assertThatThrownBy(() -> RidgeLine.fit(x, new double[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("y must be as many as x, 3, got 1");
  }

  @Test
  void keepsTheLastValuesOverARestore() throws IOException {
    LastValues values = new LastValues(3);
    for (int i = 0; i < 20; i++) {
      values.add(i);
      double[] expected = {i - 2, i - 1, i};
      assertThat(values.toArray()).isEqualTo(Arrays.copyOfRange(expected, Math.max(0, 2 - i), 3));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      values.write(new DataOutputStream(bytes));
      values = new LastValues(3);
      values.add(99);
      values.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
    assertThat(values.mean()).isEqualTo(18);
  }
}
