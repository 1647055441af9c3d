package dev.penstock.core.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.stats.Gaussian;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Wasserstein-1 and energy distance: axioms and closed forms. */
final class CdfDistancesTest {

  private static final List<ToDoubleBiFunction<double[], double[]>> DISTANCES =
      List.of(CdfDistances::wasserstein, CdfDistances::energy);

  @Test
  void areDistances() {
    double[] x = Gaussian.sample(20, /* mean= */ 0, new SplittableRandom(1));
    double[] y = Gaussian.sample(31, /* mean= */ 1, new SplittableRandom(2));
    double[] twice = Arrays.copyOf(x, 40);
    System.arraycopy(x, 0, twice, 20, 20);

    assertThat(DISTANCES)
        .allSatisfy(
            distance -> {
              assertThat(distance.applyAsDouble(x, x)).isEqualTo(0);
              assertThat(distance.applyAsDouble(x, twice)).isCloseTo(0, within(1e-15));
              assertThat(distance.applyAsDouble(x, y)).isPositive();
              assertThat(distance.applyAsDouble(y, x))
                  .isCloseTo(distance.applyAsDouble(x, y), within(1e-14));
            });
  }

  @Test
  void wassersteinIsTheMeanWay() {
    assertThat(CdfDistances.wasserstein(new double[] {0, 1, 3}, new double[] {5, 6, 8}))
        .isCloseTo(5, within(1e-14));
  }

  @Test
  void energyIsThatOfPairs() {
    double[] x = {0, 1, 3};
    double[] y = {5, 2.5};
    // 2 E|X - Y| - E|X - X'| - E|Y - Y'|
    double squared = 2 * mean(x, y) - mean(x, x) - mean(y, y);

    assertThat(CdfDistances.energy(x, y)).isCloseTo(Math.sqrt(squared), within(1e-14));
  }

  @Test
  void weightsCountAsValuesThatOften() {
    double[] x = {1, 0, 3};
    double[] y = {2, 7};
    double[] repeatedX = {1, 1, 0, 3, 3, 3};
    double[] repeatedY = {2, 7, 7};

    assertThat(CdfDistances.wasserstein(x, new double[] {2, 1, 3}, y, new double[] {0.5, 1}))
        .isCloseTo(CdfDistances.wasserstein(repeatedX, repeatedY), within(1e-14));
  }

  @Test
  void normedWassersteinIsInDeviationsOfTheReference() {
    assertThat(CdfDistances.normedWasserstein(new double[] {0, 4}, new double[] {6, 10}))
        .isCloseTo(3, within(1e-14));
    assertThat(CdfDistances.normedWasserstein(new double[] {2, 2}, new double[] {3, 3}))
        .isCloseTo(1000, within(1e-9));
  }

  @Test
  void refusesWhatHasNoDistributionFunction() {
    double[] some = {1, 2};
    assertThatThrownBy(() -> CdfDistances.energy(some, new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("y must have at least 1 values, got 0");
    assertThatThrownBy(() -> CdfDistances.wasserstein(some, new double[] {1}, some, some))
        .hasMessage("xWeights must have 2 values, got 1");
    assertThatThrownBy(() -> CdfDistances.wasserstein(some, some, some, new double[] {1, -1}))
        .hasMessage("yWeights must not be negative, got -1.0");
    assertThatThrownBy(() -> CdfDistances.wasserstein(some, some, some, new double[2]))
        .hasMessage("sum of yWeights must be positive and finite, got 0.0");
    assertThat(CdfDistances.wasserstein(some, new double[] {Double.NaN})).isNaN();
    assertThat(CdfDistances.wasserstein(some, some, some, some)).isEqualTo(0);
    assertThat(CdfDistances.wasserstein(some, some, new double[] {Double.NaN, 1}, some)).isNaN();
  }

  private static double mean(double[] x, double[] y) {
    double sum = 0;
    for (double a : x) {
      for (double b : y) {
        sum += Math.abs(a - b);
      }
    }
    return sum / (x.length * y.length);
  }
}
