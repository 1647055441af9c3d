package dev.penstock.core.stats;

/**
 * A line {@code y = intercept + slope x} with a penalty on its slope.
 *
 * <p>Least squares plus {@code penalty * slope^2}, the intercept is free: {@code slope = sum((x -
 * mean x)(y - mean y)) / (sum((x - mean x)^2) + penalty)}, {@code intercept = mean y - slope * mean
 * x}. Hoerl, Kennard: Ridge Regression, Technometrics 12, 1970. Linear time.
 *
 * @param intercept at {@code x = 0}
 * @param slope per unit of {@code x}
 */
public record RidgeLine(double intercept, double slope) {

  /**
   * The line through points.
   *
   * @param x of the points, at least one
   * @param y of the points, as many
   * @param penalty on the squared slope, not negative; 0 is least squares, and the slope is 0 where
   *     all {@code x} are equal
   * @throws IllegalArgumentException if there are no points, as many {@code y} are not given, or
   *     the penalty is negative
   */
  public static RidgeLine fit(double[] x, double[] y, double penalty) {
    Require.check(x.length > 0, "points", "at least 1", x.length);
    Require.check(x.length == y.length, "y", "as many as x, " + x.length, y.length);
    Require.notNegative("penalty", penalty);
    double meanX = LastValues.mean(x);
    double meanY = LastValues.mean(y);
    double products = 0;
    double squares = penalty;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    double slope = squares == 0 ? 0 : products / squares;
    return new RidgeLine(meanY - slope * meanX, slope);
  }

  /** {@code y} on the line. */
  public double at(double x) {
    return intercept + slope * x;
  }
}
