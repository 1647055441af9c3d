package dev.penstock.core.hypothesis;

import dev.penstock.core.stats.Samples;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * The two-sample Kolmogorov-Smirnov test: the largest difference of the empirical distribution
 * functions, {@code D+ = max(Fx - Fy)}, {@code D- = max(Fy - Fx)}, {@code D = max(D+, D-)}, each in
 * [0, 1]. Of samples with ties the exact p-value is conservative.
 *
 * <p>Statistic, place and p-value are those of scipy's {@code ks_2samp}. Exact p-values count paths
 * (Hodges, The significance probability of the Smirnov two-sample test, Arkiv för Matematik 3,
 * 1958); the asymptotic ones are the law of the one-sample statistic at the effective size {@code
 * nm / (n + m)} (Simard and L'Ecuyer, Computing the two-sided Kolmogorov-Smirnov distribution,
 * Journal of Statistical Software 39, 2011) and, one-sided, Hodges' equation 5.3. {@link
 * PValueMethod#AUTO} is exact up to 10000 values a sample. Where the least common multiple of the
 * sizes exceeds an int, exact falls back to asymptotic. Exact takes {@code O(nm)} time where the
 * sizes differ, all else {@code O(n log n)}.
 */
public final class KolmogorovSmirnov {

  /** The limit of scipy's automatic choice. */
  private static final int LARGEST_EXACT = 10_000;

  private KolmogorovSmirnov() {}

  /**
   * The outcome, and where the functions differ most.
   *
   * @param location the value at which the statistic is reached first; NaN: undefined
   * @param sign 1: the first sample's function lies above there, -1: below, 0: undefined
   */
  public record Result(double statistic, double pValue, double location, int sign) {}

  /** Largest and smallest difference of two distribution functions, and where they are. */
  private static final class Extremes {
    private final double[] x;
    private final double[] y;
    private double least = Double.POSITIVE_INFINITY;
    private double leastAt;
    private double most = Double.NEGATIVE_INFINITY;
    private double mostAt;

    Extremes(double[] x, double[] y) {
      this.x = x;
      this.y = y;
      // In this order, as the first of equal differences counts.
      scan(x);
      scan(y);
    }

    private void scan(double[] places) {
      int i = 0;
      int j = 0;
      for (double place : places) {
        while (i < x.length && x[i] <= place) {
          i++;
        }
        while (j < y.length && y[j] <= place) {
          j++;
        }
        double difference = (double) i / x.length - (double) j / y.length;
        if (difference < least) {
          least = difference;
          leastAt = place;
        }
        if (difference > most) {
          most = difference;
          mostAt = place;
        }
      }
    }
  }

  /**
   * The two-sided statistic alone, in {@code O(n log n)}; NaN of a sample with NaN.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double statistic(double[] x, double[] y) {
    if (!Samples.areComparable(x, y)) {
      return Double.NaN;
    }
    double[] sortedX = Samples.sorted(x);
    double[] sortedY = Samples.sorted(y);
    double most = 0;
    int i = 0;
    int j = 0;
    // Where one sample ends, the difference can only become smaller.
    while (i < x.length && j < y.length) {
      double place = Math.min(sortedX[i], sortedY[j]);
      while (i < x.length && sortedX[i] <= place) {
        i++;
      }
      while (j < y.length && sortedY[j] <= place) {
        j++;
      }
      most = Math.max(most, Math.abs((double) i / x.length - (double) j / y.length));
    }
    return most;
  }

  /**
   * Tests two samples of any sizes from 1, infinities included; NaN in a sample makes all NaN.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static Result test(double[] x, double[] y, Alternative alternative, PValueMethod method) {
    if (!Samples.areComparable(x, y)) {
      return new Result(Double.NaN, Double.NaN, Double.NaN, /* sign= */ 0);
    }
    Extremes extremes = new Extremes(Samples.sorted(x), Samples.sorted(y));
    double below = Math.min(Math.max(-extremes.least, 0), 1);
    boolean isBelow =
        alternative == Alternative.LESS
            || (alternative == Alternative.TWO_SIDED && below > extremes.most);
    double distance = isBelow ? below : extremes.most;
    double location = isBelow ? extremes.leastAt : extremes.mostAt;
    int sign = isBelow ? -1 : 1;

    if (isExact(x.length, y.length, method)) {
      long multiple = leastCommonMultiple(x.length, y.length);
      long steps = Math.round(distance * multiple);
      double exact = (double) steps / multiple;
      return new Result(exact, exact(x, y, steps, alternative), location, sign);
    }
    double pValue = asymptotic(x.length, y.length, distance, alternative);
    return new Result(distance, pValue, location, sign);
  }

  private static boolean isExact(int n, int m, PValueMethod method) {
    return switch (method) {
      case AUTO -> Math.max(n, m) <= LARGEST_EXACT;
      case EXACT -> leastCommonMultiple(n, m) < Integer.MAX_VALUE;
      case ASYMPTOTIC -> false;
    };
  }

  private static long leastCommonMultiple(int n, int m) {
    int a = n;
    int b = m;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return (long) n / a * m;
  }

  private static double exact(double[] x, double[] y, long steps, Alternative alternative) {
    if (steps == 0) {
      return 1;
    }
    if (x.length > 1 && y.length > 1) {
      return KolmogorovSmirnovTest.withDefaults()
          .with(org.apache.commons.statistics.inference.PValueMethod.EXACT)
          .with(hypothesis(alternative))
          .test(x, y)
          .getPValue();
    }
    // One value among m others has m + 1 places, with i of the others below: D+ = 1 - i / m.
    int m = Math.max(x.length, y.length);
    long extreme = m - steps + 1;
    if (alternative == Alternative.TWO_SIDED) {
      extreme = Math.min(2 * extreme, m + 1L);
    }
    return extreme / (m + 1.0);
  }

  private static AlternativeHypothesis hypothesis(Alternative alternative) {
    return switch (alternative) {
      case TWO_SIDED -> AlternativeHypothesis.TWO_SIDED;
      case LESS -> AlternativeHypothesis.LESS_THAN;
      case GREATER -> AlternativeHypothesis.GREATER_THAN;
    };
  }

  private static double asymptotic(int x, int y, double distance, Alternative alternative) {
    // The one-sided form is not symmetric: m is the larger.
    double m = Math.max(x, y);
    double n = Math.min(x, y);
    double effective = m * n / (m + n);
    if (alternative == Alternative.TWO_SIDED) {
      return oneSample(distance, (int) Math.rint(effective));
    }
    double z = Math.sqrt(effective) * distance;
    double exponent = -2 * z * z - 2 * z * (m + 2 * n) / Math.sqrt(m * n * (m + n)) / 3;
    return Math.min(StrictMath.exp(exponent), 1);
  }

  /**
   * Probability that the two-sided one-sample statistic of n values is at least {@code distance};
   * NaN of no values.
   */
  static double oneSample(double distance, int n) {
    if (n == 0) {
      return Double.NaN;
    }
    if (distance <= 0.5 / n) {
      return 1;
    }
    if (distance >= 1) {
      return 0;
    }
    if (n == 1) {
      return 2 * (1 - distance);
    }
    // The library has the law, but only behind a test: ask it about a sample with that statistic.
    double[] sample = new double[n];
    for (int i = 0; i < n; i++) {
      sample[i] = Math.max((i + 1.0) / n - distance, 0);
    }
    return KolmogorovSmirnovTest.withDefaults()
        .with(org.apache.commons.statistics.inference.PValueMethod.EXACT)
        .test(sample, u -> u)
        .getPValue();
  }
}
