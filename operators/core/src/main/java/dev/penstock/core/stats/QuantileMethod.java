package dev.penstock.core.stats;

/**
 * Where a quantile lies in a sorted sample, and what is between two of its values.
 *
 * <p>The quantile {@code q} of {@code n} sorted values is at the index {@code h}, counted from 0;
 * between two values it is interpolated. Hyndman, Fan: Sample Quantiles in Statistical Packages,
 * The American Statistician 50, 1996; the numbers are theirs. Agrees with numpy's methods of the
 * same names.
 */
public enum QuantileMethod {
  /** Type 7: {@code h = (n - 1) q}. What Modyn's criteria use. */
  LINEAR,
  /** The value at or before type 7's index. */
  LOWER,
  /** The value at or after type 7's index. */
  HIGHER,
  /** The value nearest to type 7's index; half way, the one at the even index. */
  NEAREST,
  /** The mean of the values around type 7's index. */
  MIDPOINT,
  /** Type 5: {@code h = n q - 1/2}. */
  HAZEN,
  /** Type 6: {@code h = (n + 1) q - 1}. */
  WEIBULL,
  /** Type 8: {@code h = (n + 1/3) q - 2/3}, nearly unbiased for the median of any law. */
  MEDIAN_UNBIASED,
  /** Type 9: {@code h = (n + 1/4) q - 5/8}, nearly unbiased for a normal law. */
  NORMAL_UNBIASED;

  /**
   * A quantile.
   *
   * @param sorted values, lowest first
   * @param q share of the values that lie below, in [0, 1]
   * @throws IllegalArgumentException if there are no values, or {@code q} is not in [0, 1]
   */
  public double of(double[] sorted, double q) {
    Require.check(sorted.length > 0, "values", "at least 1", sorted.length);
    Require.inUnitInterval("quantile", q);
    double index = Math.min(Math.max(index(sorted.length, q), 0), sorted.length - 1);
    int before = (int) index;
    double share = index - before;
    return share == 0 ? sorted[before] : interpolated(sorted[before], sorted[before + 1], share);
  }

  private double index(int n, double q) {
    double linear = (n - 1) * q;
    return switch (this) {
      case LINEAR -> linear;
      case LOWER -> Math.floor(linear);
      case HIGHER -> Math.ceil(linear);
      case NEAREST -> Math.rint(linear);
      case MIDPOINT -> (Math.floor(linear) + Math.ceil(linear)) / 2;
      case HAZEN -> plotted(n, q, 0.5);
      case WEIBULL -> plotted(n, q, 0);
      case MEDIAN_UNBIASED -> plotted(n, q, 1.0 / 3);
      case NORMAL_UNBIASED -> plotted(n, q, 3.0 / 8);
    };
  }

  /** The index by the plotting position {@code (k - a) / (n + 1 - 2 a)}. */
  private static double plotted(int n, double q, double a) {
    return n * q + (a + q * (1 - a - a)) - 1;
  }

  /** From the nearer of the two values, so that the result never leaves them. */
  private static double interpolated(double low, double high, double share) {
    double difference = high - low;
    return share < 0.5 ? low + difference * share : high - difference * (1 - share);
  }
}
