package dev.penstock.core.forecast;

import dev.penstock.core.stats.LastValues;
import dev.penstock.core.stats.Require;
import dev.penstock.core.stats.RidgeLine;
import java.util.OptionalDouble;

/**
 * What the next number of a short series will be.
 *
 * <p>The mean, or {@code y(n)} of the {@link RidgeLine} through {@code (0, y0), ..., (n - 1, yn)};
 * the mean, too, while there are too few numbers for a line. As Modyn forecasts (Böther et al.:
 * Modyn, SIGMOD 2025). Linear time.
 *
 * @param method by which
 * @param minObservations numbers from which on a line is fitted, at least 1; 5 by default
 * @param penalty on the line's squared slope, not negative; 0.5 by default
 */
public record Forecast(Method method, int minObservations, double penalty) {

  /** How the next number is found. */
  public enum Method {
    /** Mean of all numbers. */
    ROLLING_AVERAGE,
    /** A line through all numbers. */
    RIDGE_REGRESSION
  }

  public Forecast {
    Require.atLeast("min-observations", minObservations, 1);
    Require.notNegative("penalty", penalty);
  }

  /** With Modyn's defaults. */
  public static Forecast by(Method method) {
    return new Forecast(method, 5, 0.5);
  }

  /**
   * The next number; empty: there is none to learn from.
   *
   * @param observations oldest first
   */
  public OptionalDouble next(double[] observations) {
    int n = observations.length;
    if (n == 0) {
      return OptionalDouble.empty();
    }
    if (method == Method.ROLLING_AVERAGE || n < minObservations) {
      return OptionalDouble.of(LastValues.mean(observations));
    }
    double[] positions = new double[n];
    for (int i = 0; i < n; i++) {
      positions[i] = i;
    }
    return OptionalDouble.of(RidgeLine.fit(positions, observations, penalty).at(n));
  }

  /** The next number of a series of shares: what leaves [0, 1] is cut off. */
  public OptionalDouble nextShare(double[] observations) {
    OptionalDouble next = next(observations);
    return next.isEmpty() ? next : OptionalDouble.of(Math.min(Math.max(next.getAsDouble(), 0), 1));
  }
}
