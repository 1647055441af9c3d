package dev.penstock.core.hypothesis;

import dev.penstock.core.stats.Samples;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Mann-Whitney U test: {@code U = R - n (n + 1) / 2} with R the sum of the first sample's
 * mid-ranks, in [0, nm]: the number of pairs in which the first sample's value is larger, ties
 * counted half (Mann and Whitney, On a test of whether one of two random variables is
 * stochastically larger than the other, Annals of Mathematical Statistics 18, 1947).
 *
 * <p>Results are those of scipy's {@code mannwhitneyu}: asymptotic p-values are corrected for ties;
 * exact ones are not. {@link PValueMethod#AUTO} is exact where a sample has at most 8 values and
 * there are no ties.
 */
public final class MannWhitney {

  private static final int LARGEST_AUTO_EXACT = 8;

  /** Largest nm with an exact p-value: its time grows with the square, here to a few seconds. */
  private static final long LARGEST_EXACT_PAIRS = 1 << 16;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private MannWhitney() {}

  /**
   * Tests two samples of any sizes from 1, infinities included; NaN in a sample makes all NaN, and
   * the p-value alone is NaN where all values are equal and there is no correction.
   *
   * @param continuity of the asymptotic p-value
   * @throws IllegalArgumentException if a sample is empty, or too large for an exact p-value
   */
  public static TestResult test(
      double[] x, double[] y, Alternative alternative, PValueMethod method, Continuity continuity) {
    if (!Samples.areComparable(x, y)) {
      return TestResult.UNDEFINED;
    }
    double[] sorted = Samples.sorted(x);
    double[] all = Samples.merge(sorted, Samples.sorted(y));
    double rankSum = 0;
    for (double rank : Samples.ranks(sorted, all)) {
      rankSum += rank;
    }
    double pairs = (double) x.length * y.length;
    double u = rankSum - 0.5 * x.length * (x.length + 1.0);
    double extreme =
        switch (alternative) {
          case GREATER -> u;
          case LESS -> pairs - u;
          case TWO_SIDED -> Math.max(u, pairs - u);
        };

    double ties = ties(all);
    double tail =
        isExact(x.length, y.length, ties, method)
            ? exact(x.length, y.length, (int) extreme)
            : asymptotic(x.length, y.length, extreme, ties, continuity);
    return new TestResult(u, Math.min(alternative == Alternative.TWO_SIDED ? 2 * tail : tail, 1));
  }

  private static boolean isExact(int n, int m, double ties, PValueMethod method) {
    return switch (method) {
      case AUTO -> Math.min(n, m) <= LARGEST_AUTO_EXACT && ties == 0;
      case EXACT -> true;
      case ASYMPTOTIC -> false;
    };
  }

  /** Sum of t³ - t over runs of t equal values. */
  private static double ties(double[] sorted) {
    double sum = 0;
    int from = 0;
    for (int to = 1; to <= sorted.length; to++) {
      if (to == sorted.length || sorted[to] != sorted[from]) {
        double run = to - from;
        sum += run * (run * run - 1);
        from = to;
      }
    }
    return sum;
  }

  private static double asymptotic(
      double n, double m, double u, double ties, Continuity continuity) {
    double all = n + m;
    double deviation = Math.sqrt(n * m / 12 * (all + 1 - ties / (all * (all - 1))));
    double difference = u - n * m / 2 - (continuity == Continuity.CORRECTED ? 0.5 : 0);
    double z = difference / deviation;
    return Double.isNaN(z) ? Double.NaN : NORMAL.survivalProbability(z);
  }

  /** P(U >= u): of the largest value in the pool being of x, n of y lie below; else take it off. */
  private static double exact(int n, int m, int u) {
    if ((long) n * m > LARGEST_EXACT_PAIRS) {
      throw new IllegalArgumentException(
          "x.length * y.length must be in [1, %d] for an exact p-value, got %d"
              .formatted(LARGEST_EXACT_PAIRS, (long) n * m));
    }
    // laws[j][v]: probability that U = v for i values of x and j of y.
    double[][] laws = new double[m + 1][n * m + 1];
    for (double[] law : laws) {
      law[0] = 1;
    }
    for (int i = 1; i <= n; i++) {
      for (int j = 1; j <= m; j++) {
        double[] law = laws[j];
        double[] less = laws[j - 1];
        double ofX = (double) i / (i + j);
        double ofY = (double) j / (i + j);
        // Downwards, as the law for i - 1 is overwritten in place.
        for (int v = i * j; v >= 0; v--) {
          law[v] = (v >= j ? ofX * law[v - j] : 0) + ofY * less[v];
        }
      }
    }
    double tail = 0;
    for (int v = n * m; v >= u; v--) {
      tail += laws[m][v];
    }
    return tail;
  }
}
