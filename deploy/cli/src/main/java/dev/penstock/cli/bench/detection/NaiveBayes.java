package dev.penstock.cli.bench.detection;

import java.util.Arrays;

/**
 * Gaussian naive Bayes that learns one sample at a time: of each class a mean and a variance a
 * feature (Welford 1962), and its share. Without randomness and without settings to tune, so that
 * what a comparison shows is the detectors'. A variance of 1 counts as one sample of each class.
 */
final class NaiveBayes {

  private final int[] count;
  private final double[][] mean;
  private final double[][] squares;

  /** Of each class, what does not depend on the sample. */
  private final double[] constant;

  NaiveBayes(int classes, int features) {
    count = new int[classes];
    mean = new double[classes][features];
    squares = new double[classes][features];
    constant = new double[classes];
  }

  /** The likeliest class of those seen; 0 before the first. */
  int predict(float[] features) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < count.length; label++) {
      double score = count[label] == 0 ? Double.NEGATIVE_INFINITY : score(label, features);
      if (score > highest) {
        highest = score;
        best = label;
      }
    }
    return best;
  }

  private double score(int label, float[] features) {
    double score = constant[label];
    for (int i = 0; i < features.length; i++) {
      double difference = features[i] - mean[label][i];
      score -= difference * difference / (2 * variance(label, i));
    }
    return score;
  }

  void learn(float[] features, int label) {
    count[label]++;
    constant[label] = StrictMath.log(count[label]);
    for (int i = 0; i < features.length; i++) {
      double before = features[i] - mean[label][i];
      mean[label][i] += before / count[label];
      squares[label][i] += before * (features[i] - mean[label][i]);
      constant[label] -= StrictMath.log(variance(label, i)) / 2;
    }
  }

  private double variance(int label, int feature) {
    return (1 + squares[label][feature]) / (1 + count[label]);
  }

  void forget() {
    Arrays.fill(count, 0);
    for (int label = 0; label < count.length; label++) {
      Arrays.fill(mean[label], 0);
      Arrays.fill(squares[label], 0);
    }
  }
}
