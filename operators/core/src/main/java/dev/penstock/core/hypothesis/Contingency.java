package dev.penstock.core.hypothesis;

import dev.penstock.core.stats.Samples;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Tests of counts: chi-square {@code Σ (o - e)² / e} (Pearson, 1900), the likelihood ratio {@code G
 * = 2 Σ o ln(o / e)} (Wilks, 1938) and, of a 2 x 2 table, Fisher's exact test (Fisher, The logic of
 * inductive inference, 1935). As scipy's {@code chi2_contingency}, {@code chisquare} and {@code
 * fisher_exact}.
 *
 * <p>A table has one row a sample and one column a category: at least one of each, rows of one
 * length, counts not negative, no row or column without a count. The statistics are from 0.
 */
public final class Contingency {

  /** How far sums of observed and expected counts may differ, relative: scipy's. */
  private static final double SUM_TOLERANCE = 1.4901161193847656e-08;

  /** Probabilities that differ by less, relative, are equal but for rounding. */
  private static final double SAME_PROBABILITY = 1e-10;

  private Contingency() {}

  /**
   * The outcome of a table.
   *
   * @param degreesOfFreedom (rows - 1)(columns - 1); 0: statistic 0 and p-value 1
   * @param expected counts, were rows and columns independent
   */
  public record Result(
      double statistic, double pValue, int degreesOfFreedom, double[][] expected) {}

  /** What is summed over the cells. */
  private interface Cell {
    double of(double observed, double expected);
  }

  /**
   * Pearson's chi-square test of independence.
   *
   * @param continuity Yates' correction: with one degree of freedom counts are moved by a half, or
   *     less if they are nearer, towards what is expected
   * @throws IllegalArgumentException if the table is not as above
   */
  public static Result chiSquare(long[][] table, Continuity continuity) {
    return test(table, continuity, Contingency::pearson);
  }

  /**
   * Test of independence by likelihood ratio; arguments as of {@link #chiSquare}.
   *
   * @throws IllegalArgumentException if the table is not as above
   */
  public static Result likelihoodRatio(long[][] table, Continuity continuity) {
    return test(table, continuity, Contingency::logLikelihood);
  }

  /**
   * Pearson's chi-square test of observed against expected counts: one more category than degrees
   * of freedom and {@code lost}.
   *
   * @param expected of the same sum as observed; where one is 0 and something was observed the
   *     statistic is infinite, where nothing was it is NaN; of no degrees of freedom the p-value is
   *     NaN
   * @param lost degrees of freedom beyond one, from 0
   * @throws IllegalArgumentException if lengths or sums differ, or no category is left
   */
  public static TestResult goodnessOfFit(double[] observed, double[] expected, int lost) {
    Samples.requireAtLeast(1, observed, "observed");
    if (expected.length != observed.length) {
      throw new IllegalArgumentException(
          "expected must have %d values, got %d".formatted(observed.length, expected.length));
    }
    int degrees = observed.length - 1 - lost;
    if (lost < 0 || degrees < 0) {
      throw new IllegalArgumentException(
          "lost must be in [0, %d], got %d".formatted(observed.length - 1, lost));
    }
    double sumObserved = 0;
    double sumExpected = 0;
    double statistic = 0;
    for (int i = 0; i < observed.length; i++) {
      sumObserved += observed[i];
      sumExpected += expected[i];
      statistic += pearson(observed[i], expected[i]);
    }
    double difference = Math.abs(sumObserved - sumExpected);
    if (difference > SUM_TOLERANCE * Math.min(sumObserved, sumExpected)) {
      throw new IllegalArgumentException(
          "sum of expected must be %s, got %s".formatted(sumObserved, sumExpected));
    }
    return new TestResult(statistic, survival(statistic, degrees));
  }

  /**
   * Fisher's exact test of a 2 x 2 table; the statistic is the odds ratio, from 0 to infinity, NaN
   * where a row or column is empty (p-value 1 then).
   *
   * @param alternative two-sided: tables no likelier than this one; one-sided: a smaller or larger
   *     first count
   * @throws IllegalArgumentException if the table is not 2 x 2 or a count is negative
   */
  public static TestResult fisher(long[][] table, Alternative alternative) {
    if (table.length != 2 || table[0].length != 2 || table[1].length != 2) {
      throw new IllegalArgumentException("table must be 2 x 2, got " + table.length + " rows");
    }
    long a = table[0][0];
    long b = table[0][1];
    long c = table[1][0];
    long d = table[1][1];
    long least = Math.min(Math.min(a, b), Math.min(c, d));
    if (least < 0) {
      throw new IllegalArgumentException("counts must not be negative, got " + least);
    }
    if (a + b == 0 || c + d == 0 || a + c == 0 || b + d == 0) {
      return new TestResult(Double.NaN, 1);
    }
    double odds = b > 0 && c > 0 ? (double) a * d / ((double) b * c) : Double.POSITIVE_INFINITY;
    HypergeometricDistribution law =
        HypergeometricDistribution.of(
            Math.toIntExact(a + b + c + d), Math.toIntExact(a + b), Math.toIntExact(a + c));
    int first = (int) a;
    double pValue =
        switch (alternative) {
          case LESS -> law.cumulativeProbability(first);
          case GREATER -> law.survivalProbability(first - 1);
          case TWO_SIDED -> noLikelier(law, first);
        };
    return new TestResult(odds, Math.min(pValue, 1));
  }

  /**
   * Not by commons-statistics' own test: it loses tables that are as likely as this one to
   * rounding.
   */
  private static double noLikelier(HypergeometricDistribution law, int first) {
    double most = law.probability(first) * (1 + SAME_PROBABILITY);
    double sum = 0;
    for (int i = law.getSupportLowerBound(); i <= law.getSupportUpperBound(); i++) {
      double probability = law.probability(i);
      sum += probability <= most ? probability : 0;
    }
    return sum;
  }

  private static Result test(long[][] table, Continuity continuity, Cell cell) {
    double[][] expected = expected(table);
    int degrees = (table.length - 1) * (table[0].length - 1);
    if (degrees == 0) {
      return new Result(0, 1, degrees, expected);
    }
    boolean isCorrected = degrees == 1 && continuity == Continuity.CORRECTED;
    double statistic = 0;
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < table[i].length; j++) {
        double observed = table[i][j];
        double difference = expected[i][j] - observed;
        if (isCorrected) {
          observed += Math.signum(difference) * Math.min(0.5, Math.abs(difference));
        }
        statistic += cell.of(observed, expected[i][j]);
      }
    }
    return new Result(statistic, survival(statistic, degrees), degrees, expected);
  }

  private static double[][] expected(long[][] table) {
    if (table.length == 0 || table[0].length == 0) {
      throw new IllegalArgumentException("table must have at least one row and column");
    }
    double[] rows = new double[table.length];
    double[] columns = new double[table[0].length];
    double all = 0;
    for (int i = 0; i < rows.length; i++) {
      if (table[i].length != columns.length) {
        throw new IllegalArgumentException(
            "rows must have %d counts, got %d".formatted(columns.length, table[i].length));
      }
      for (int j = 0; j < columns.length; j++) {
        if (table[i][j] < 0) {
          throw new IllegalArgumentException("counts must not be negative, got " + table[i][j]);
        }
        rows[i] += table[i][j];
        columns[j] += table[i][j];
        all += table[i][j];
      }
    }
    double[][] expected = new double[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        expected[i][j] = rows[i] * columns[j] / all;
        // Also of NaN, the expectation of no counts at all.
        if (!(expected[i][j] > 0)) {
          throw new IllegalArgumentException(
              "expected counts must be positive, got 0 in row %d, column %d".formatted(i, j));
        }
      }
    }
    return expected;
  }

  private static double pearson(double observed, double expected) {
    double difference = observed - expected;
    return difference * difference / expected;
  }

  private static double logLikelihood(double observed, double expected) {
    return observed == 0 ? 0 : 2 * observed * StrictMath.log(observed / expected);
  }

  private static double survival(double statistic, int degrees) {
    if (Double.isNaN(statistic) || degrees == 0) {
      return Double.NaN;
    }
    return ChiSquaredDistribution.of(degrees).survivalProbability(statistic);
  }
}
