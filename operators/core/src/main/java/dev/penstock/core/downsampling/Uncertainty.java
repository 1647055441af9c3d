package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;

/**
 * How sure a classifier is of its answer: the samples of the lowest scores are kept.
 *
 * <p>Coleman et al.: Selection via Proxy, ICLR 2020, and DeepCore (Guo, Zhao, Bai 2022), as in
 * Modyn. One logit is that of class 1 of two.
 */
public enum Uncertainty {
  /** The largest logit, or the magnitude of the only one. Not a probability: as in Modyn. */
  LEAST_CONFIDENCE {
    @Override
    public double ofLogits(double[] logits) {
      return logits.length == 1 ? Math.abs(logits[0]) : ofProbabilities(logits);
    }

    @Override
    public double ofProbabilities(double[] probabilities) {
      return twoLargest(probabilities)[0];
    }
  },
  /**
   * The sum of {@code p ln p}, in nats. Modyn adds 10⁻⁶ to {@code p} in the logarithm, for fear of
   * 0, whose term is 0.
   */
  ENTROPY {
    @Override
    public double ofProbabilities(double[] probabilities) {
      double sum = 0;
      for (double p : probabilities) {
        sum += p > 0 ? p * StrictMath.log(p) : 0;
      }
      return sum;
    }
  },
  /** The largest probability less the second largest. */
  MARGIN {
    @Override
    public double ofProbabilities(double[] probabilities) {
      double[] largest = twoLargest(probabilities);
      return largest[0] - largest[1];
    }
  };

  /** Score of a sample; the lower, the less sure. */
  public double ofLogits(double[] logits) {
    return ofProbabilities(LastLayer.probabilities(logits));
  }

  /** The same of the probabilities of at least two classes. */
  public abstract double ofProbabilities(double[] probabilities);

  /** Keeps the share of samples of which the classifier is least sure. */
  public Kept keep(double[][] logits, Ratio ratio) {
    double[] scores = new double[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = ofLogits(logits[i]);
    }
    return Kept.equally(LowestKeys.indexes(scores, ratio.kept(scores.length)));
  }

  private static double[] twoLargest(double[] values) {
    double first = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      second = Math.max(second, Math.min(first, value));
      first = Math.max(first, value);
    }
    return new double[] {first, second};
  }
}
