package dev.penstock.core.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.hypothesis.TestResult;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How well a classifier tells two samples apart. */
final class DomainClassifierTest {

  @Test
  void isCertainOfSamplesThatDoNotOverlap() {
    TestResult test =
        DomainClassifier.test(normal(40, 3, 0, 1), normal(30, 3, 20, 2), /* seed= */ 1);

    assertThat(test.statistic()).isEqualTo(1);
    assertThat(test.pValue()).isLessThan(1e-6);
  }

  /** Two normal laws δ deviations apart: the best linear score reaches Φ(δ / √2). */
  @Test
  void comesCloseToTheBestThatALineCanDo() {
    double best = 0.7602;

    double area =
        DomainClassifier.test(oneShifted(4000, 0, 1), oneShifted(4000, 1, 2), /* seed= */ 1)
            .statistic();

    assertThat(area).isCloseTo(best, within(0.02));
  }

  @Test
  void withoutDriftTheAreaIsAHalfAndThePValueUniform() {
    double sum = 0;
    int small = 0;
    int streams = 400;
    for (int seed = 0; seed < streams; seed++) {
      TestResult test =
          DomainClassifier.test(normal(60, 5, 0, 2 * seed), normal(40, 5, 0, 2 * seed + 1), seed);
      sum += test.statistic() / streams;
      small += test.pValue() < 0.1 ? 1 : 0;
    }

    // An area's deviation is 0.085, their mean's 0.004; 40 are expected, with a deviation of 6.
    assertThat(sum).isCloseTo(0.5, within(0.015));
    assertThat(small).isBetween(22, 58);
  }

  @Test
  void ofConstantsTheAreaIsAHalf() {
    TestResult test = DomainClassifier.test(new double[10][2], new double[9][2], /* seed= */ 1);

    assertThat(test.statistic()).isEqualTo(0.5);
    assertThat(test.pValue()).isGreaterThan(0.4);
  }

  @Test
  void doesNotDependOnUnits() {
    double[][] x = normal(60, 3, 0, 1);
    double[][] y = normal(60, 3, 0.7, 2);

    assertThat(DomainClassifier.test(scaled(x), scaled(y), /* seed= */ 1).statistic())
        .isCloseTo(DomainClassifier.test(x, y, /* seed= */ 1).statistic(), within(1e-3));
  }

  @Test
  void theSeedDrawsTheHalves() {
    double[][] x = normal(60, 3, 0, 1);
    double[][] y = normal(60, 3, 0.7, 2);

    assertThat(DomainClassifier.test(x, y, /* seed= */ 1))
        .isEqualTo(DomainClassifier.test(x, y, /* seed= */ 1))
        .isNotEqualTo(DomainClassifier.test(x, y, /* seed= */ 2));
  }

  @Test
  void changesNoRow() {
    double[][] x = normal(10, 2, 0, 1);
    double[][] before = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);

    DomainClassifier.test(x, normal(10, 2, 0, 2), /* seed= */ 1);

    assertThat(x).isDeepEqualTo(before);
  }

  @Test
  void refusesTooFewRows() {
    assertThatThrownBy(
            () -> DomainClassifier.test(new double[3][1], new double[9][1], /* seed= */ 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reference must have at least 4 rows, got 3");
  }

  private static double[][] normal(int rows, int columns, double mean, int seed) {
    Random random = new Random(seed);
    double[][] normal = new double[rows][columns];
    for (double[] row : normal) {
      Arrays.setAll(row, k -> mean + random.nextGaussian());
    }
    return normal;
  }

  private static double[][] oneShifted(int rows, double shift, int seed) {
    double[][] normal = normal(rows, 6, 0, seed);
    for (double[] row : normal) {
      row[2] += shift;
    }
    return normal;
  }

  private static double[][] scaled(double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> new double[] {row[0], 1e6 * row[1] + 3, 1e-6 * row[2]})
        .toArray(double[][]::new);
  }
}
