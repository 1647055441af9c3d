package dev.penstock.core.detector;

/** The standard normal distribution. */
final class Normal {

  /** Where the series and the continued fraction are about equally fast. */
  private static final double SERIES_UP_TO = 3;

  private Normal() {}

  /** Probability that a standard normal number is further from 0 than {@code z}. */
  static double twoSidedTail(double z) {
    double x = Math.abs(z);
    double density = Math.sqrt(2 / Math.PI) * Math.exp(-x * x / 2);
    if (x > SERIES_UP_TO) {
      return density * mills(x);
    }
    // Integral from 0 to x: density times x + x^3/3 + x^5/15 + ..., all terms positive.
    double sum = 0;
    double term = x;
    for (int k = 1; sum + term != sum; k++) {
      sum += term;
      term *= x * x / (2 * k + 1);
    }
    return 1 - density * sum;
  }

  /** Mills' ratio, tail over density, by Laplace's continued fraction from its 100th level. */
  private static double mills(double x) {
    double fraction = x;
    for (int k = 100; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return 1 / fraction;
  }
}
