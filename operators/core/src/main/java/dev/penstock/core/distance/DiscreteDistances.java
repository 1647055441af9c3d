package dev.penstock.core.distance;

import dev.penstock.core.stats.Samples;

/**
 * Distances and divergences of two discrete distributions p and q over the same bins.
 *
 * <p>Arguments are proportions or counts: finite, not negative, with a positive sum; they are
 * divided by their sums first, but for {@link #populationStabilityIndex}. Every method throws
 * {@link IllegalArgumentException} for others and for different lengths. Logarithms are natural,
 * results in nats; divide by ln 2 for bits.
 */
public final class DiscreteDistances {

  private DiscreteDistances() {}

  /** The values over their sum. */
  public static double[] normalised(double[] weights) {
    return normalised(weights, "weights");
  }

  /**
   * Zeros replaced by a small proportion, without normalising again; a new array.
   *
   * @param value to stand for zero, positive
   */
  public static double[] zerosReplaced(double[] proportions, double value) {
    Samples.requirePositive(value, "value");
    double[] replaced = proportions.clone();
    for (int i = 0; i < replaced.length; i++) {
      replaced[i] = replaced[i] == 0 ? value : replaced[i];
    }
    return replaced;
  }

  /**
   * Kullback-Leibler divergence {@code Σ p ln(p / q)}, from 0; infinite where q alone is 0
   * (Kullback and Leibler, On information and sufficiency, Annals of Mathematical Statistics 22,
   * 1951).
   */
  public static double kullbackLeibler(double[] p, double[] q) {
    requireSameLength(p, q);
    return relativeEntropy(normalised(p, "p"), normalised(q, "q"));
  }

  /**
   * Jensen-Shannon divergence {@code (KL(p, m) + KL(q, m)) / 2} with {@code m = (p + q) / 2}, in
   * [0, ln 2] (Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on
   * Information Theory 37, 1991).
   */
  public static double jensenShannonDivergence(double[] p, double[] q) {
    requireSameLength(p, q);
    double[] first = normalised(p, "p");
    double[] second = normalised(q, "q");
    double[] middle = new double[first.length];
    for (int i = 0; i < middle.length; i++) {
      middle[i] = (first[i] + second[i]) / 2;
    }
    double divergence = (relativeEntropy(first, middle) + relativeEntropy(second, middle)) / 2;
    // Rounding may go below.
    return Math.max(divergence, 0);
  }

  /** Root of the Jensen-Shannon divergence, a metric, in [0, √ln 2]. */
  public static double jensenShannonDistance(double[] p, double[] q) {
    return Math.sqrt(jensenShannonDivergence(p, q));
  }

  /**
   * Hellinger distance {@code √(Σ (√p - √q)² / 2)}, in [0, 1] (Hellinger, Neue Begründung der
   * Theorie quadratischer Formen, 1909). It equals {@code √(1 - Σ √(pq))}, but loses no digits
   * where p and q are close.
   */
  public static double hellinger(double[] p, double[] q) {
    requireSameLength(p, q);
    double[] first = normalised(p, "p");
    double[] second = normalised(q, "q");
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = Math.sqrt(first[i]) - Math.sqrt(second[i]);
      sum += difference * difference;
    }
    return Math.min(Math.sqrt(sum / 2), 1);
  }

  /**
   * Bhattacharyya coefficient {@code Σ √(pq)}, in [0, 1], 1 where p and q are equal; its negative
   * logarithm is the Bhattacharyya distance (Bhattacharyya, On a measure of divergence between two
   * multinomial populations, Sankhyā 7, 1946).
   */
  public static double bhattacharyyaCoefficient(double[] p, double[] q) {
    requireSameLength(p, q);
    double[] first = normalised(p, "p");
    double[] second = normalised(q, "q");
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.sqrt(first[i] * second[i]);
    }
    return sum;
  }

  /** Total variation distance {@code Σ |p - q| / 2}, in [0, 1]. */
  public static double totalVariation(double[] p, double[] q) {
    requireSameLength(p, q);
    double[] first = normalised(p, "p");
    double[] second = normalised(q, "q");
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs(first[i] - second[i]);
    }
    return sum / 2;
  }

  /** Largest difference of a bin, in [0, 1]. */
  public static double lInfinity(double[] p, double[] q) {
    requireSameLength(p, q);
    double[] first = normalised(p, "p");
    double[] second = normalised(q, "q");
    double largest = 0;
    for (int i = 0; i < first.length; i++) {
      largest = Math.max(largest, Math.abs(first[i] - second[i]));
    }
    return largest;
  }

  /** Symmetric chi-square distance {@code Σ (p - q)² / (p + q)}, in [0, 2]; empty bins add 0. */
  public static double chiSquare(double[] p, double[] q) {
    requireSameLength(p, q);
    double[] first = normalised(p, "p");
    double[] second = normalised(q, "q");
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double both = first[i] + second[i];
      double difference = first[i] - second[i];
      sum += both == 0 ? 0 : difference * difference / both;
    }
    return sum;
  }

  /**
   * Population stability index {@code Σ (q - p) ln(q / p)}, from 0, of proportions as they are:
   * normalise counts first, and replace zeros, as a bin that is empty in p or q makes it infinite,
   * one that is empty in both NaN (Siddiqi, Credit risk scorecards, 2006).
   */
  public static double populationStabilityIndex(double[] p, double[] q) {
    requireSameLength(p, q);
    sum(p, "p");
    sum(q, "q");
    double index = 0;
    for (int i = 0; i < p.length; i++) {
      index += (q[i] - p[i]) * StrictMath.log(q[i] / p[i]);
    }
    return index;
  }

  private static double relativeEntropy(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i] == 0 ? 0 : p[i] * StrictMath.log(p[i] / q[i]);
    }
    return sum;
  }

  private static double[] normalised(double[] weights, String name) {
    double sum = sum(weights, name);
    double[] normalised = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      normalised[i] = weights[i] / sum;
    }
    return normalised;
  }

  private static double sum(double[] weights, String name) {
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException(
            "%s must not be negative, got %s".formatted(name, weight));
      }
      sum += weight;
    }
    Samples.requirePositive(sum, "sum of " + name);
    return sum;
  }

  private static void requireSameLength(double[] p, double[] q) {
    if (p.length != q.length) {
      throw new IllegalArgumentException(
          "q must have %d bins, got %d".formatted(p.length, q.length));
    }
  }
}
