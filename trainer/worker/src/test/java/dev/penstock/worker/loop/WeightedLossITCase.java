package dev.penstock.worker.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.penstock.core.downsampling.LastLayer;
import dev.penstock.worker.loop.TrainingLoop.Target;
import org.junit.jupiter.api.Test;

final class WeightedLossITCase {

  private static final double[][] LOGITS = {{2, -1, 0.5}, {0, 0.1, -3}, {1, 1, 4}};
  private static final int[] LABELS = {0, 2, 1};
  private static final float[] SHARES = {0.25f, 0.625f, 0.125f};

  @Test
  void ofClassesIsTheWeighedMeanOfCrossEntropies() {
    double expected = 0;
    for (int i = 0; i < LABELS.length; i++) {
      expected += SHARES[i] * LastLayer.crossEntropy(LOGITS[i], LABELS[i]);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray labels = manager.create(new long[] {0, 2, 1}, new Shape(3, 1));
      NDArray loss =
          new WeightedLoss(Target.CLASS).evaluate(labels, logits(manager), manager.create(SHARES));

      assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void gradientsAreThoseOfEachSampleByItsShare() {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = logits(manager);
      logits.setRequiresGradient(/* requiresGrad= */ true);
      NDArray labels = manager.create(new long[] {0, 2, 1}, new Shape(3, 1));
      collector.backward(
          new WeightedLoss(Target.CLASS).evaluate(labels, logits, manager.create(SHARES)));

      float[] gradient = logits.getGradient().toFloatArray();
      for (int i = 0; i < LABELS.length; i++) {
        double[] expected = LastLayer.gradient(LOGITS[i], LABELS[i]);
        for (int c = 0; c < expected.length; c++) {
          assertThat((double) gradient[3 * i + c]).isCloseTo(SHARES[i] * expected[c], within(1e-6));
        }
      }
    }
  }

  @Test
  void withEqualSharesItIsTheMean() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray labels = manager.create(new float[] {1, 2, 3}, new Shape(3, 1));
      NDArray predictions = manager.create(new float[] {0, 4, 3.5f}, new Shape(3, 1));
      NDArray shares = manager.create(new float[] {1f / 3, 1f / 3, 1f / 3});

      NDArray loss = new WeightedLoss(Target.REAL).evaluate(labels, predictions, shares);
      NDArray mean = Loss.l2Loss("L2Loss", 1).evaluate(new NDList(labels), new NDList(predictions));

      assertThat(loss.getFloat()).isCloseTo(mean.getFloat(), within(1e-6f));
    }
  }

  private static NDArray logits(NDManager manager) {
    float[] values = new float[9];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) LOGITS[i / 3][i % 3];
    }
    return manager.create(values, new Shape(3, 3));
  }
}
