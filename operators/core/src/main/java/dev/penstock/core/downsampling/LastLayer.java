package dev.penstock.core.downsampling;

import dev.penstock.core.stats.Require;

/**
 * What the last layer of a classifier tells of a sample, with the cross-entropy loss.
 *
 * <p>Where there is one logit it is that of class 1 of two, by the logistic function. The gradient
 * of the loss with respect to the logits is {@code softmax - onehot}, and an upper bound of the
 * gradient with respect to all weights up to a factor that all samples share (Katharopoulos,
 * Fleuret: Not All Samples Are Created Equal, ICML 2018).
 */
public final class LastLayer {

  private LastLayer() {}

  /** Probabilities of the classes; two of them where there is one logit. */
  public static double[] probabilities(double[] logits) {
    if (logits.length == 1) {
      double one = 1 / (1 + StrictMath.exp(-logits[0]));
      double zero = 1 / (1 + StrictMath.exp(logits[0]));
      return new double[] {zero, one};
    }
    double max = max(logits);
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = StrictMath.exp(logits[i] - max);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /**
   * The loss {@code -ln p(label)}, in nats.
   *
   * @throws IllegalArgumentException if the label is no class
   */
  public static double crossEntropy(double[] logits, int label) {
    checkLabel(logits, label);
    if (logits.length == 1) {
      double signed = label == 1 ? -logits[0] : logits[0];
      return Math.max(signed, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(signed)));
    }
    double max = max(logits);
    double sum = 0;
    for (double logit : logits) {
      sum += StrictMath.exp(logit - max);
    }
    return max - logits[label] + StrictMath.log(sum);
  }

  /**
   * The gradient with respect to the logits.
   *
   * @throws IllegalArgumentException if the label is no class
   */
  public static double[] gradient(double[] logits, int label) {
    checkLabel(logits, label);
    double[] probabilities = probabilities(logits);
    if (logits.length == 1) {
      return new double[] {probabilities[1] - label};
    }
    probabilities[label] -= 1;
    return probabilities;
  }

  /** Gradients with respect to the logits: Modyn's {@code LastLayer}. */
  public static double[][] gradients(double[][] logits, int[] labels) {
    double[][] gradients = new double[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      gradients[i] = gradient(logits[i], labels[i]);
    }
    return gradients;
  }

  /**
   * Gradients with respect to the logits and to the weights of the last layer, which are the
   * products of the former with the embedding: Modyn's {@code LastLayerWithEmbedding}. Memory
   * {@code classes * (1 + embedding)} numbers a sample.
   */
  public static double[][] gradients(double[][] logits, int[] labels, double[][] embeddings) {
    double[][] gradients = gradients(logits, labels);
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = withProducts(gradients[i], embeddings[i]);
    }
    return gradients;
  }

  /** Euclidean norm of the gradient with respect to the logits. */
  public static double gradientNorm(double[] logits, int label) {
    double squares = 0;
    for (double component : gradient(logits, label)) {
      squares += component * component;
    }
    return Math.sqrt(squares);
  }

  private static double[] withProducts(double[] gradient, double[] embedding) {
    double[] all = new double[gradient.length * (1 + embedding.length)];
    System.arraycopy(gradient, 0, all, 0, gradient.length);
    int at = gradient.length;
    for (double component : gradient) {
      for (double feature : embedding) {
        all[at++] = component * feature;
      }
    }
    return all;
  }

  private static void checkLabel(double[] logits, int label) {
    int classes = Math.max(logits.length, 2);
    Require.check(label >= 0 && label < classes, "label", "from 0 to " + (classes - 1), label);
  }

  private static double max(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
