package dev.penstock.worker.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.Network;
import dev.penstock.models.PayloadBatch;
import dev.penstock.schemas.spec.TrainingSpec;
import dev.penstock.worker.data.SampleBuffer;

/**
 * Stochastic gradient descent over a buffer of samples. The same samples, seed and number of
 * threads give the same weights, bit for bit.
 */
public final class TrainingLoop implements AutoCloseable {

  private final Network network;
  private final TrainingSpec spec;
  private final boolean classes;
  private final Trainer trainer;
  private final Loss loss;
  private final FeatureScale.OnDevice scale;
  private final PayloadBatch batch;

  /**
   * A loop that trains {@code model} in place.
   *
   * @param network whose weights are set
   * @param model made of the network
   */
  public TrainingLoop(
      Network network, Model model, TrainingSpec spec, Target target, FeatureScale scale) {
    this.network = network;
    this.spec = spec;
    this.classes = target == Target.CLASS;
    this.loss = classes ? Loss.softmaxCrossEntropyLoss() : Loss.l2Loss("L2Loss", 1);
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optDevices(new Device[] {model.getNDManager().getDevice()})
                .optOptimizer(Optimizers.create(spec.optimizer())));
    trainer.initialize(new Shape(spec.batchSize()).addAll(network.inputShape()));
    this.scale = scale.on(trainer.getManager());
    this.batch = new PayloadBatch(network.payload().bytes());
  }

  /** What is predicted. */
  public enum Target {
    CLASS,
    REAL
  }

  /**
   * Goes through the samples once.
   *
   * @param order indexes of samples in the buffer
   * @return mean loss
   */
  public double epoch(SampleBuffer samples, int[] order) {
    double sum = 0;
    for (int from = 0; from < order.length; from += spec.batchSize()) {
      int size = Math.min(spec.batchSize(), order.length - from);
      sum += size * step(samples, order, from, size);
    }
    return sum / order.length;
  }

  private double step(SampleBuffer samples, int[] order, int from, int size) {
    batch.clear(size);
    for (int i = from; i < from + size; i++) {
      batch.add(samples.chunk(order[i]), samples.position(order[i]));
    }
    double value;
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDList input = network.input(scope, batch.payloads(), size, scale);
      NDList labels = new NDList(labels(scope, samples, order, from, size));
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList predictions = trainer.forward(input);
        predictions.attach(scope);
        NDArray batchLoss = loss.evaluate(labels, predictions);
        batchLoss.attach(scope);
        gradients.backward(batchLoss);
        value = batchLoss.getFloat();
      }
      trainer.step();
    }
    return value;
  }

  private NDArray labels(NDManager scope, SampleBuffer samples, int[] order, int from, int size) {
    if (classes) {
      long[] labels = new long[size];
      for (int i = 0; i < size; i++) {
        labels[i] = (long) samples.label(order[from + i]);
      }
      return scope.create(labels, new Shape(size, 1));
    }
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = (float) samples.label(order[from + i]);
    }
    return scope.create(labels, new Shape(size, 1));
  }

  @Override
  public void close() {
    trainer.close();
  }
}
