package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.LastLayer;
import dev.penstock.core.downsampling.Uncertainty;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Gradients;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.downsampling.ModelOutputs.Depth;

/**
 * One number a sample, by what a model makes of it. {@code O(n)} memory, and a pass of the model.
 *
 * @param samples that the labels are of
 * @param target whether labels are classes
 */
record SampleScores(SampleBuffer samples, Target target) {

  /** What labels are. */
  enum Target {
    CLASS,
    REAL
  }

  /** Losses: cross-entropy in nats, or squared errors. */
  double[] losses(ModelOutputs model, int[] members) throws InterruptedException {
    double[] losses = new double[members.length];
    model.forward(
        members,
        Depth.OUTPUTS,
        (at, outputs, embedding) -> losses[at] = loss(outputs, members[at]));
    return losses;
  }

  /** Norms of the gradients of the loss. */
  double[] gradientNorms(ModelOutputs model, int[] members, Gradients gradients)
      throws InterruptedException {
    double[] norms = new double[members.length];
    Depth depth = gradients == Gradients.LAST_LAYER ? Depth.EMBEDDINGS : Depth.OUTPUTS;
    model.forward(
        members,
        depth,
        (at, outputs, embedding) ->
            norms[at] = norm(gradient(outputs, members[at])) * Math.sqrt(1 + squares(embedding)));
    return norms;
  }

  /** How sure the classifier is. */
  double[] certainties(ModelOutputs model, int[] members, Uncertainty metric)
      throws InterruptedException {
    double[] scores = new double[members.length];
    model.forward(
        members, Depth.OUTPUTS, (at, outputs, embedding) -> scores[at] = metric.ofLogits(outputs));
    return scores;
  }

  /** The embeddings. */
  static double[][] embeddings(ModelOutputs model, int[] members) throws InterruptedException {
    double[][] rows = new double[members.length][];
    model.forward(members, Depth.EMBEDDINGS, (at, outputs, embedding) -> rows[at] = embedding);
    return rows;
  }

  /** The gradients of the loss. */
  double[][] gradients(ModelOutputs model, int[] members, Gradients gradients)
      throws InterruptedException {
    double[][] rows = new double[members.length][];
    if (gradients == Gradients.LOGITS) {
      model.forward(
          members,
          Depth.OUTPUTS,
          (at, outputs, embedding) -> rows[at] = gradient(outputs, members[at]));
    } else {
      model.forward(
          members,
          Depth.EMBEDDINGS,
          (at, outputs, embedding) ->
              rows[at] =
                  LastLayer.gradients(
                      new double[][] {outputs},
                      new int[] {label(members[at])},
                      new double[][] {embedding})[0]);
    }
    return rows;
  }

  /** Classes of samples. */
  long[] labels(int[] members) {
    long[] labels = new long[members.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(members[i]);
    }
    return labels;
  }

  private double loss(double[] outputs, int index) {
    if (target == Target.CLASS) {
      return LastLayer.crossEntropy(outputs, label(index));
    }
    double error = outputs[0] - samples.label(index);
    return error * error;
  }

  private double[] gradient(double[] outputs, int index) {
    return target == Target.CLASS
        ? LastLayer.gradient(outputs, label(index))
        : new double[] {2 * (outputs[0] - samples.label(index))};
  }

  private int label(int index) {
    return (int) samples.label(index);
  }

  private static double norm(double[] vector) {
    return Math.sqrt(squares(vector));
  }

  private static double squares(double[] vector) {
    double sum = 0;
    for (double component : vector) {
      sum += component * component;
    }
    return sum;
  }
}
