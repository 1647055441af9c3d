package dev.penstock.core.hypothesis;

import dev.penstock.core.stats.Samples;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Welch's t test of equal means with unequal variances: {@code t = (mean(x) - mean(y)) / √(vx +
 * vy)} with {@code vx = var(x) / n}, and {@code df = (vx + vy)² / (vx² / (n - 1) + vy² / (m - 1))}
 * degrees of freedom; two-sided p-value (Welch, The generalization of Student's problem when
 * several different population variances are involved, Biometrika 34, 1947). As scipy's {@code
 * ttest_ind} with {@code equal_var=False}.
 */
public final class WelchT {

  private WelchT() {}

  /**
   * The outcome.
   *
   * @param degreesOfFreedom 1 where the variances do not tell: both are zero, or a sample has one
   *     value
   */
  public record Result(double statistic, double pValue, double degreesOfFreedom) {}

  /**
   * Tests two samples; all is NaN where one has NaN, statistic and p-value where one has a single
   * value. Constant samples: an infinite statistic and p-value 0, or NaN if they are equal.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static Result test(double[] x, double[] y) {
    if (!Samples.areComparable(x, y)) {
      return new Result(Double.NaN, Double.NaN, Double.NaN);
    }
    double meanX = mean(x);
    double meanY = mean(y);
    double x2 = variance(x, meanX) / x.length;
    double y2 = variance(y, meanY) / y.length;
    double degrees = (x2 + y2) * (x2 + y2) / (x2 * x2 / (x.length - 1) + y2 * y2 / (y.length - 1));
    if (Double.isNaN(degrees)) {
      degrees = 1;
    }
    double statistic = (meanX - meanY) / Math.sqrt(x2 + y2);
    double pValue =
        Double.isNaN(statistic)
            ? Double.NaN
            : 2 * TDistribution.of(degrees).cumulativeProbability(-Math.abs(statistic));
    return new Result(statistic, pValue, degrees);
  }

  private static double mean(double[] sample) {
    double sum = 0;
    for (double value : sample) {
      sum += value;
    }
    return sum / sample.length;
  }

  private static double variance(double[] sample, double mean) {
    double squares = 0;
    for (double value : sample) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (sample.length - 1);
  }
}
