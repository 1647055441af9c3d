package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.ExponentialKey;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;

/**
 * Draws samples by a score, losses or norms of gradients, and weighs them so that what is often
 * drawn counts less.
 *
 * <p>Of {@code n} samples the one of score {@code s} has the probability {@code p = s / sum(s)},
 * {@code k} are drawn without replacement, and the weight is {@code 1 / (n p)}. Katharopoulos,
 * Fleuret: Not All Samples Are Created Equal, ICML 2018, as in Modyn.
 */
public final class ImportanceSampling {

  /**
   * A score is taken for this share of the mean where it is less, so that a sample that is learnt
   * to the last bit can still be drawn and has a finite weight.
   */
  private static final double FLOOR = 1e-6;

  private ImportanceSampling() {}

  /**
   * Keeps a share of the samples.
   *
   * @param scores finite, not negative; all 0: all are as likely
   * @throws IllegalArgumentException if a score is negative, infinite or NaN
   */
  public static Kept keep(double[] scores, Ratio ratio, long seed) {
    double[] probabilities = probabilities(scores);
    long stream = SampleHash.stream(seed, 0);
    double[] keys = new double[scores.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ExponentialKey.of(SampleHash.of(stream, i), StrictMath.log(probabilities[i]));
    }
    int[] drawn = LowestKeys.indexes(keys, ratio.kept(scores.length));
    float[] weights = new float[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      weights[i] = (float) (1 / (scores.length * probabilities[drawn[i]]));
    }
    return new Kept(drawn, weights);
  }

  /** Probabilities of the samples to be drawn first. */
  public static double[] probabilities(double[] scores) {
    double sum = 0;
    for (double score : scores) {
      Require.notNegative("score", score);
      sum += score;
    }
    double least = sum == 0 ? 1 : FLOOR * sum / scores.length;
    double[] probabilities = new double[scores.length];
    double raised = 0;
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = Math.max(scores[i], least);
      raised += probabilities[i];
    }
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] /= raised;
    }
    return probabilities;
  }
}
