package dev.penstock.core.distance;

import dev.penstock.core.stats.Samples;
import dev.penstock.core.stats.Sums;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Distances of the empirical distribution functions of two samples: Wasserstein-1, {@code ∫ |Fx -
 * Fy|} (the earth mover's, in the unit of the values, from 0), and the energy distance, {@code √(2
 * ∫ (Fx - Fy)²)} (in the root of that unit; Székely, E-statistics: The energy of statistical
 * samples, 2002). As scipy's {@code wasserstein_distance} and {@code energy_distance}.
 *
 * <p>Infinite values make the distance infinite, or NaN where both functions agree up to them; NaN
 * makes it NaN.
 */
public final class CdfDistances {

  /** Least deviation that {@link #normedWasserstein} divides by, evidently's. */
  private static final double LEAST_DEVIATION = 0.001;

  private CdfDistances() {}

  /**
   * Wasserstein-1 distance.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double wasserstein(double[] x, double[] y) {
    return integrate(x, y, /* squared= */ false);
  }

  /**
   * Wasserstein-1 distance of weighted values.
   *
   * @param xWeights one per value of x, not negative, with a positive and finite sum
   * @param yWeights one per value of y, likewise
   * @throws IllegalArgumentException if a sample is empty or weights are not as above
   */
  public static double wasserstein(double[] x, double[] xWeights, double[] y, double[] yWeights) {
    Samples.requireAtLeast(1, x, "x");
    Samples.requireAtLeast(1, y, "y");
    double totalX = totalWeight(x, xWeights, "xWeights");
    double totalY = totalWeight(y, yWeights, "yWeights");
    if (Samples.hasNaN(x) || Samples.hasNaN(y)) {
      return Double.NaN;
    }
    int[] orderX = order(x);
    int[] orderY = order(y);
    double[] all = Samples.merge(Samples.sorted(x), Samples.sorted(y));
    double sum = 0;
    double belowX = 0;
    double belowY = 0;
    int i = 0;
    int j = 0;
    for (int k = 0; k + 1 < all.length; k++) {
      while (i < x.length && x[orderX[i]] <= all[k]) {
        belowX += xWeights[orderX[i++]];
      }
      while (j < y.length && y[orderY[j]] <= all[k]) {
        belowY += yWeights[orderY[j++]];
      }
      sum += Math.abs(belowX / totalX - belowY / totalY) * (all[k + 1] - all[k]);
    }
    return sum;
  }

  /**
   * Wasserstein-1 distance over the reference's standard deviation (divisor n), which counts as
   * 0.001 at least: evidently's {@code wasserstein} metric.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double normedWasserstein(double[] reference, double[] current) {
    // In order, so that the sums do not depend on how values come.
    double[] sorted = Samples.sorted(reference);
    double distance = wasserstein(sorted, current);
    double mean = Sums.of(sorted, 0, sorted.length) / sorted.length;
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean);
    }
    return distance / Math.max(Math.sqrt(squares / reference.length), LEAST_DEVIATION);
  }

  /**
   * Energy distance.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double energy(double[] x, double[] y) {
    return Math.sqrt(2 * integrate(x, y, /* squared= */ true));
  }

  private static double integrate(double[] x, double[] y, boolean squared) {
    if (!Samples.areComparable(x, y)) {
      return Double.NaN;
    }
    double[] sortedX = Samples.sorted(x);
    double[] sortedY = Samples.sorted(y);
    double[] all = Samples.merge(sortedX, sortedY);
    double sum = 0;
    int i = 0;
    int j = 0;
    for (int k = 0; k + 1 < all.length; k++) {
      while (i < sortedX.length && sortedX[i] <= all[k]) {
        i++;
      }
      while (j < sortedY.length && sortedY[j] <= all[k]) {
        j++;
      }
      double difference = (double) i / x.length - (double) j / y.length;
      sum += (squared ? difference * difference : Math.abs(difference)) * (all[k + 1] - all[k]);
    }
    return sum;
  }

  private static double totalWeight(double[] sample, double[] weights, String name) {
    if (weights.length != sample.length) {
      throw new IllegalArgumentException(
          "%s must have %d values, got %d".formatted(name, sample.length, weights.length));
    }
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException(
            "%s must not be negative, got %s".formatted(name, weight));
      }
      total += weight;
    }
    Samples.requirePositive(total, "sum of " + name);
    return total;
  }

  private static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(index -> values[index]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
