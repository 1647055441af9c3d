package dev.penstock.core.hypothesis;

import dev.penstock.core.stats.Samples;
import java.util.Arrays;

/**
 * The two-sample Cramér-von-Mises test: {@code T = U / (nm (n + m)) - (4nm - 1) / (6 (n + m))},
 * {@code U = n Σ(r_i - i)² + m Σ(s_j - j)²}, where r and s are the mid-ranks of the ordered samples
 * in the pool (Anderson, On the distribution of the two-sample Cramér-von Mises criterion, Annals
 * of Mathematical Statistics 33, 1962, equations 9, 10).
 *
 * <p>Results are those of scipy's {@code cramervonmises_2samp}: exact p-values count arrangements
 * (Xiao, Gordon and Yakovlev, A C++ program for the Cramér-von Mises two-sample test, Journal of
 * Statistical Software 17, 2007); asymptotic ones come from the limiting law (Anderson and Darling,
 * Asymptotic theory of certain goodness of fit criteria, 1952). {@link PValueMethod#AUTO} is exact
 * up to 20 values a sample. Asymptotic p-values have an absolute accuracy of about 1e-7.
 */
public final class CramerVonMises {

  private static final int LARGEST_AUTO_EXACT = 20;

  /** Bound of the statistic's integer form that is counted; keeps the time below seconds. */
  private static final double LARGEST_EXACT = 1e8;

  /** Below it the limiting law is under 2e-18. */
  private static final double SMALLEST = 0.003;

  /** Where the series of the limiting law ends, as scipy's does. */
  private static final double LAST_TERM = 1e-7;

  /** Sums over t in steps this small are exact to rounding: the integrand decays like exp(-e^t). */
  private static final double STEP = 1.0 / 32;

  /** Exponents below it are 0 as a double. */
  private static final double SMALLEST_EXPONENT = -745;

  private CramerVonMises() {}

  /**
   * Tests two samples, infinities included; NaN in a sample, or a sample of one value, makes all
   * NaN.
   *
   * @throws IllegalArgumentException if a sample is empty, or too large for an exact p-value
   */
  public static TestResult test(double[] x, double[] y, PValueMethod method) {
    Samples.requireAtLeast(1, x, "x");
    Samples.requireAtLeast(1, y, "y");
    if (isUndefined(x, y)) {
      return TestResult.UNDEFINED;
    }
    double u = rankForm(x, y);
    double statistic = statistic(u, x.length, y.length);
    boolean isExact =
        switch (method) {
          case AUTO -> Math.max(x.length, y.length) <= LARGEST_AUTO_EXACT;
          case EXACT -> true;
          case ASYMPTOTIC -> false;
        };
    return new TestResult(
        statistic,
        isExact ? exact(u, x.length, y.length) : asymptotic(statistic, x.length, y.length));
  }

  /**
   * Tests two samples that may have ties, by {@code T = nm / (n + m)² Σ (Fx - Fy)²} over the values
   * of the pool (Anderson, equation 2). Without ties it is the statistic of {@link #test}, which
   * with ties is not 0 where the distribution functions agree but the sizes do not. Of samples with
   * ties the p-value is asymptotic, and conservative.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static TestResult testTied(double[] x, double[] y) {
    Tied tied = Tied.of(x, y);
    return tied.isTied
        ? new TestResult(tied.statistic, asymptotic(tied.statistic, x.length, y.length))
        : test(x, y, PValueMethod.AUTO);
  }

  /**
   * The statistic of {@link #testTied} alone, in {@code O(n log n)}.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double statisticTied(double[] x, double[] y) {
    double[] sortedX = Samples.sorted(x);
    double[] sortedY = Samples.sorted(y);
    Tied tied = Tied.of(sortedX, sortedY);
    return tied.isTied ? tied.statistic : statistic(sortedX, sortedY);
  }

  /**
   * The statistic for ties.
   *
   * @param isTied whether there are any
   */
  private record Tied(double statistic, boolean isTied) {

    static Tied of(double[] x, double[] y) {
      Samples.requireAtLeast(1, x, "x");
      Samples.requireAtLeast(1, y, "y");
      if (isUndefined(x, y)) {
        return new Tied(Double.NaN, /* isTied= */ false);
      }
      double[] sortedX = Samples.sorted(x);
      double[] sortedY = Samples.sorted(y);
      double sum = 0;
      boolean isTied = false;
      int i = 0;
      int j = 0;
      while (i < x.length || j < y.length) {
        double value =
            j == y.length || (i < x.length && sortedX[i] <= sortedY[j]) ? sortedX[i] : sortedY[j];
        int before = i + j;
        while (i < x.length && sortedX[i] == value) {
          i++;
        }
        while (j < y.length && sortedY[j] == value) {
          j++;
        }
        int ties = i + j - before;
        isTied |= ties > 1;
        double difference = (double) i / x.length - (double) j / y.length;
        sum += ties * difference * difference;
      }
      double n = x.length;
      double m = y.length;
      return new Tied(n * m / ((n + m) * (n + m)) * sum, isTied);
    }
  }

  private static boolean isUndefined(double[] x, double[] y) {
    return x.length == 1 || y.length == 1 || Samples.hasNaN(x) || Samples.hasNaN(y);
  }

  private static double statistic(double[] x, double[] y) {
    return isUndefined(x, y) ? Double.NaN : statistic(rankForm(x, y), x.length, y.length);
  }

  /** T of U. */
  private static double statistic(double u, double n, double m) {
    double product = n * m;
    double sum = n + m;
    return u / (product * sum) - (4 * product - 1) / (6 * sum);
  }

  /** U. */
  private static double rankForm(double[] x, double[] y) {
    double[] sortedX = Samples.sorted(x);
    double[] sortedY = Samples.sorted(y);
    double[] all = Samples.merge(sortedX, sortedY);
    return x.length * squares(Samples.ranks(sortedX, all))
        + y.length * squares(Samples.ranks(sortedY, all));
  }

  private static double squares(double[] ranks) {
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      double difference = ranks[i] - (i + 1);
      sum += difference * difference;
    }
    return sum;
  }

  private static double asymptotic(double statistic, double n, double m) {
    double product = n * m;
    double sum = n + m;
    double mean = (1 + 1 / sum) / 6;
    double variance =
        (sum + 1)
            * (4 * product * sum - 3 * (n * n + m * m) - 2 * product)
            / (45 * sum * sum * 4 * product);
    double normalised = 1.0 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
    return normalised < SMALLEST ? 1 : Math.min(Math.max(1 - limit(normalised), 0), 1);
  }

  /**
   * The limiting distribution function, {@code 1 / (π^1.5 √x) Σ_k Γ(k + 1/2) / k! √(4k + 1)
   * exp(-q_k) K_1/4(q_k)} with {@code q_k = (4k + 1)² / (16 x)}.
   */
  static double limit(double x) {
    double total = 0;
    // Γ(k + 1/2) / k!
    double gammas = Math.sqrt(Math.PI);
    for (int k = 0; ; k++) {
      double y = 4 * k + 1.0;
      double term =
          gammas
              / (StrictMath.pow(Math.PI, 1.5) * Math.sqrt(x))
              * Math.sqrt(y)
              * bessel(y * y / (16 * x));
      total += term;
      if (term < LAST_TERM) {
        return total;
      }
      gammas *= (k + 0.5) / (k + 1);
    }
  }

  /**
   * {@code exp(-q) K_1/4(q) = ∫_0^∞ exp(-q (1 + cosh t)) cosh(t / 4) dt}, by the trapezoid rule.
   */
  private static double bessel(double q) {
    double sum = 0.5 * StrictMath.exp(-2 * q);
    for (int i = 1; ; i++) {
      double t = i * STEP;
      double exponent = -q * (1 + StrictMath.cosh(t));
      if (exponent < SMALLEST_EXPONENT) {
        return STEP * sum;
      }
      sum += StrictMath.exp(exponent) * StrictMath.cosh(t / 4);
    }
  }

  /** How many arrangements have each value of the statistic's integer form, values ascending. */
  private record Frequencies(long[] values, double[] counts) {

    static final Frequencies NONE = new Frequencies(new long[0], new double[0]);

    /** The sum of both, its values moved. */
    Frequencies plus(Frequencies other, long shift) {
      long[] sum = new long[values.length + other.values.length];
      double[] sumCounts = new double[sum.length];
      int size = 0;
      int i = 0;
      int j = 0;
      while (i < values.length || j < other.values.length) {
        long next =
            j == other.values.length || (i < values.length && values[i] <= other.values[j])
                ? values[i]
                : other.values[j];
        sum[size] = next + shift;
        if (i < values.length && values[i] == next) {
          sumCounts[size] += counts[i++];
        }
        if (j < other.values.length && other.values[j] == next) {
          sumCounts[size] += other.counts[j++];
        }
        size++;
      }
      return new Frequencies(Arrays.copyOf(sum, size), Arrays.copyOf(sumCounts, size));
    }
  }

  /** Xiao et al., algorithm 1: over lattice paths, Σ (a v - b u)² with a = lcm / n, b = lcm / m. */
  private static double exact(double u, int n, int m) {
    long multiple = (long) n / greatestCommonDivisor(n, m) * m;
    double scale = (double) multiple * multiple * ((double) n + m);
    if (scale > LARGEST_EXACT) {
      throw new IllegalArgumentException(
          ("lcm(x.length, y.length)² (x.length + y.length) must be at most %s for an exact p-value,"
                  + " got %s")
              .formatted(LARGEST_EXACT, scale));
    }
    double product = (double) n * m;
    double least =
        Math.floor(scale * (6 * u - product * (4 * product - 1)) / (6 * product * product));
    long a = multiple / n;
    long b = multiple / m;
    Frequencies[] column = new Frequencies[n + 1];
    Arrays.fill(column, Frequencies.NONE);
    column[0] = new Frequencies(new long[] {0}, new double[] {1});
    for (int j = 0; j <= m; j++) {
      Frequencies before = Frequencies.NONE;
      for (int i = 0; i <= n; i++) {
        long difference = a * i - b * j;
        before = before.plus(column[i], difference * difference);
        column[i] = before;
      }
    }
    double extreme = 0;
    double all = 0;
    for (int k = 0; k < column[n].values.length; k++) {
      double count = column[n].counts[k];
      all += count;
      extreme += column[n].values[k] >= least ? count : 0;
    }
    return extreme / all;
  }

  private static int greatestCommonDivisor(int n, int m) {
    return m == 0 ? n : greatestCommonDivisor(m, n % m);
  }
}
