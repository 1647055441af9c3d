package dev.penstock.core.hypothesis;

import dev.penstock.core.stats.Samples;

/**
 * The Anderson-Darling test of two samples, ties by mid-ranks: the statistic is {@code (A² - 1) /
 * σ} with {@code A²} of equation 7 and its deviation σ under one common distribution (Scholz and
 * Stephens, K-sample Anderson-Darling tests, Journal of the American Statistical Association 82,
 * 1987). The p-value is read from a parabola through the logarithms of their table 2 and is capped
 * to [0.001, 0.25], as scipy's {@code anderson_ksamp} does.
 */
public final class AndersonDarling {

  /** Fewer leave the variance undefined. */
  private static final int FEWEST = 4;

  /** Critical values of table 2 for two samples: b0 + b1 + b2. */
  private static final double[] CRITICAL = {
    0.675 - 0.245 - 0.105,
    1.281 + 0.25 - 0.305,
    1.645 + 0.678 - 0.362,
    1.96 + 1.149 - 0.391,
    2.326 + 1.822 - 0.396,
    2.573 + 2.364 - 0.345,
    3.085 + 3.615 - 0.154
  };

  /** Levels of the table. */
  private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};

  private static final double[] PARABOLA = fitLogLevels();

  private AndersonDarling() {}

  /**
   * Tests two samples, infinities included; NaN in a sample makes all NaN.
   *
   * @throws IllegalArgumentException if a sample is empty, or there are fewer than 4 values or
   *     fewer than 2 distinct ones in all
   */
  public static TestResult test(double[] x, double[] y) {
    if (!Samples.areComparable(x, y)) {
      return TestResult.UNDEFINED;
    }
    double[] sortedX = Samples.sorted(x);
    double[] sortedY = Samples.sorted(y);
    double[] all = Samples.merge(sortedX, sortedY);
    if (all.length < FEWEST) {
      throw new IllegalArgumentException(
          "x and y must have at least %d values together, got %d".formatted(FEWEST, all.length));
    }
    if (all[0] == all[all.length - 1]) {
      throw new IllegalArgumentException(
          "x and y must have at least 2 distinct values together, got 1");
    }
    double square = part(sortedX, all) + part(sortedY, all);
    square *= (all.length - 1.0) / all.length;
    double statistic = (square - 1) / Math.sqrt(variance(x.length, y.length));
    return new TestResult(statistic, pValue(statistic));
  }

  /** One sample's part of the sum over distinct values. */
  private static double part(double[] sample, double[] all) {
    double total = all.length;
    double n = sample.length;
    double sum = 0;
    int from = 0;
    int i = 0;
    while (from < all.length) {
      int to = from;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      int first = i;
      while (i < sample.length && sample[i] == all[from]) {
        i++;
      }
      double run = to - from;
      double below = from + run / 2;
      double ofSample = (first + i) / 2.0;
      double difference = total * ofSample - below * n;
      sum += run / total * difference * difference / (below * (total - below) - total * run / 4);
      from = to;
    }
    return sum / n;
  }

  /** Equation 4 for two samples. */
  private static double variance(double n, double m) {
    double total = n + m;
    double reciprocals = 1 / n + 1 / m;
    double h = 1;
    double g = 0;
    double partial = 0;
    for (int i = 2; i < total; i++) {
      partial += 1 / (total + 1 - i);
      g += partial / i;
    }
    h += partial;
    double a = 4 * g - 6 + (10 - 6 * g) * reciprocals;
    double b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6;
    double c =
        (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * reciprocals + 4 * h;
    double d = (2 * h + 6) * 4 - 8 * h;
    return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
  }

  private static double pValue(double statistic) {
    if (statistic < CRITICAL[0]) {
      return LEVELS[0];
    }
    if (statistic > CRITICAL[CRITICAL.length - 1]) {
      return LEVELS[LEVELS.length - 1];
    }
    return StrictMath.exp((PARABOLA[2] * statistic + PARABOLA[1]) * statistic + PARABOLA[0]);
  }

  /** Least squares: the normal equations of a parabola, solved by elimination. */
  private static double[] fitLogLevels() {
    double[][] equations = new double[3][4];
    for (int k = 0; k < CRITICAL.length; k++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          equations[row][column] += StrictMath.pow(CRITICAL[k], row + column);
        }
        equations[row][3] += StrictMath.pow(CRITICAL[k], row) * StrictMath.log(LEVELS[k]);
      }
    }
    for (int pivot = 0; pivot < 3; pivot++) {
      for (int row = 0; row < 3; row++) {
        double factor = row == pivot ? 0 : equations[row][pivot] / equations[pivot][pivot];
        for (int column = pivot; column < 4; column++) {
          equations[row][column] -= factor * equations[pivot][column];
        }
      }
    }
    double[] solution = new double[3];
    for (int row = 0; row < 3; row++) {
      solution[row] = equations[row][3] / equations[row][row];
    }
    return solution;
  }
}
