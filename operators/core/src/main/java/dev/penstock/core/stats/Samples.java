package dev.penstock.core.stats;

import java.util.Arrays;

/**
 * Univariate and multivariate samples: what is asked of them, and ranks.
 *
 * <p>The tests and distances on {@code double[]} take NaN as scipy does by default: the result is
 * NaN. Call {@link #withoutNaN} first to leave such values out.
 */
public final class Samples {

  private static final long NEGATIVE_ZERO = Long.MIN_VALUE;

  private Samples() {}

  /** The values that are not NaN, in their order. */
  public static double[] withoutNaN(double[] sample) {
    return Arrays.stream(sample).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** Demands a number of values. */
  public static void requireAtLeast(int least, double[] sample, String name) {
    if (sample.length < least) {
      throw new IllegalArgumentException(
          "%s must have at least %d values, got %d".formatted(name, least, sample.length));
    }
  }

  /**
   * Demands a value in each of two samples.
   *
   * @return false: one of them has NaN, as then has what compares them
   */
  public static boolean areComparable(double[] x, double[] y) {
    requireAtLeast(1, x, "x");
    requireAtLeast(1, y, "y");
    return !hasNaN(x) && !hasNaN(y);
  }

  /** Demands values, none of them NaN or infinite. */
  public static void requireFinite(double[] sample, String name) {
    requireAtLeast(1, sample, name);
    for (double value : sample) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("%s must be finite, got %s".formatted(name, value));
      }
    }
  }

  /**
   * Demands rows of one width.
   *
   * @return the width
   */
  public static int requireRows(int least, int features, double[][] rows, String name) {
    if (rows.length < least) {
      throw new IllegalArgumentException(
          "%s must have at least %d rows, got %d".formatted(name, least, rows.length));
    }
    int width = features < 0 ? rows[0].length : features;
    if (width == 0) {
      throw new IllegalArgumentException("rows of " + name + " must have features, got none");
    }
    for (double[] row : rows) {
      if (row.length != width) {
        throw new IllegalArgumentException(
            "rows of %s must have %d features, got %d".formatted(name, width, row.length));
      }
    }
    return width;
  }

  /** Demands a parameter that is a number above 0. */
  public static void requirePositive(double value, String name) {
    // Also true of NaN.
    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%s must be positive and finite, got %s".formatted(name, value));
    }
  }

  /** Whether a value is NaN. */
  public static boolean hasNaN(double[] sample) {
    for (double value : sample) {
      if (Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** The values ascending, all zeros positive; the same array if it is so already. */
  public static double[] sorted(double[] sample) {
    if (isSorted(sample)) {
      return sample;
    }
    double[] sorted = sample.clone();
    // Negative zero sorts before zero, yet they are one value.
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] += 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static boolean isSorted(double[] sample) {
    for (int i = 0; i < sample.length; i++) {
      boolean ascends = i == 0 || sample[i - 1] <= sample[i];
      if (!ascends || Double.doubleToRawLongBits(sample[i]) == NEGATIVE_ZERO) {
        return false;
      }
    }
    return true;
  }

  /** Both samples in one array, in order. */
  public static double[] merge(double[] sortedX, double[] sortedY) {
    double[] all = Arrays.copyOf(sortedX, sortedX.length + sortedY.length);
    int i = sortedX.length - 1;
    int j = sortedY.length - 1;
    for (int k = all.length - 1; j >= 0; k--) {
      all[k] = i >= 0 && sortedX[i] > sortedY[j] ? sortedX[i--] : sortedY[j--];
    }
    return all;
  }

  /**
   * Mid-ranks of a sorted sample within the merged one, from 1.
   *
   * @param sorted the sample
   * @param all both samples
   */
  public static double[] ranks(double[] sorted, double[] all) {
    double[] ranks = new double[sorted.length];
    int from = 0;
    int to = 0;
    for (int i = 0; i < sorted.length; i++) {
      while (all[from] < sorted[i]) {
        from++;
      }
      to = Math.max(to, from);
      while (to < all.length && all[to] == sorted[i]) {
        to++;
      }
      ranks[i] = 0.5 * (from + 1L + to);
    }
    return ranks;
  }
}
