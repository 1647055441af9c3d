package dev.penstock.core.alarm;

/**
 * The value that the next of a series exceeds with a given small probability.
 *
 * <p>Of {@code n} exchangeable values, the next exceeds the {@code j}-th largest with probability
 * {@code j / (n + 1)}, whatever the law (conformal prediction; Vovk, Gammerman and Shafer,
 * Algorithmic Learning in a Random World, 2005, section 2.2). Where the level {@code q} leaves at
 * least ten values above, that is the answer. Beyond, excesses over the largest tenth are taken to
 * have a generalized Pareto law of shape ξ and scale σ (Pickands, Statistical inference using
 * extreme order statistics, Annals of Statistics 3, 1975; for streams Siffer et al., Anomaly
 * detection in streams with extreme value theory, KDD 2017):
 *
 * <pre>{@code z = u + σ / ξ ((q (n + 1) / (k + 1))^-ξ - 1)}</pre>
 *
 * over the {@code k + 1}-th largest value {@code u}. The fit is by probability-weighted moments
 * (Hosking and Wallis, Parameter and quantile estimation for the generalized Pareto distribution,
 * Technometrics 29, 1987): closed, and steadier of few excesses than the maximum of the likelihood
 * that Siffer et al. look for.
 *
 * <p>A quantile put where an estimate says is exceeded too often, as the estimate errs. Of
 * exponential excesses with an estimated mean, the next exceeds {@code z} with probability {@code
 * q} exactly if the shape is {@code 1 / k} in place of 0; as here the shape is estimated too, it is
 * drawn to 0 and raised by {@code 2 / k}. Both constants are by simulation of normal, exponential,
 * log-normal and Student's laws from 20 to 1000 values.
 */
final class UpperTail {

  /** With fewer values nothing is said: half of them are the tail. */
  static final int LEAST_VALUES = 20;

  private static final int LEAST_EXCESSES = 10;
  private static final double TAIL = 0.1;

  /** Weight of shape 0 against that of each excess. */
  private static final double PRIOR_EXCESSES = 20;

  private static final double RAISE = 2;

  /** Shapes beyond do not occur among scores: bounded below, and with a variance. */
  private static final double LEAST_SHAPE = -0.5;

  private static final double LARGEST_SHAPE = 0.9;

  private UpperTail() {}

  /**
   * The value.
   *
   * @param values at least {@link #LEAST_VALUES}
   * @param level in (0, 1)
   */
  static double threshold(RankedMemory values, double level) {
    int n = values.size();
    int above = (int) (level * (n + 1.0));
    if (above >= LEAST_EXCESSES) {
      return values.atRank(n - Math.min(above, n));
    }
    int excesses = Math.max(LEAST_EXCESSES, (int) (TAIL * n));
    double base = values.atRank(n - 1 - excesses);
    double ratio = level * (n + 1.0) / (excesses + 1.0);
    double[] tail = new double[excesses];
    for (int i = 0; i < tail.length; i++) {
      tail[i] = values.atRank(n - excesses + i) - base;
    }
    return base + beyond(tail, ratio);
  }

  /** By how much the base is exceeded in a share {@code ratio} of the excesses. */
  private static double beyond(double[] tail, double ratio) {
    double k = tail.length;
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < tail.length; i++) {
      mean += tail[i] / k;
      // Hosking and Wallis' plotting position.
      weighted += tail[i] * (1 - (i + 0.65) / k) / k;
    }
    if (mean == 0) {
      return 0;
    }
    double estimate = 2 - mean / (mean - 2 * weighted);
    double bounded = Math.min(Math.max(estimate, LEAST_SHAPE), LARGEST_SHAPE);
    double shape = bounded * k / (k + PRIOR_EXCESSES);
    double scale = mean * (1 - shape);
    double raised = shape + RAISE / k;
    // The limit for shape 0, and all near it, to rounding.
    return Math.abs(raised) < 1e-9
        ? -scale * Math.log(ratio)
        : scale / raised * Math.expm1(-raised * Math.log(ratio));
  }
}
