package dev.penstock.core.hypothesis;

/**
 * What a two-sample test says.
 *
 * @param statistic in the test's own unit; NaN where the samples do not define it
 * @param pValue probability, under one common distribution, of a statistic at least as extreme, in
 *     [0, 1]; NaN where the statistic is, or where no approximation exists
 */
public record TestResult(double statistic, double pValue) {

  /** Where the samples do not define the statistic. */
  public static final TestResult UNDEFINED = new TestResult(Double.NaN, Double.NaN);
}
