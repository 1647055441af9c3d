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
import dev.penstock.schemas.spec.LabelSpec;
import dev.penstock.schemas.spec.TrainingSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.downsampling.ModelOutputs;

/**
 * Stochastic gradient descent over a buffer of samples. The same samples, seed and number of
 * threads give the same weights, bit for bit.
 */
public final class TrainingLoop implements AutoCloseable {

  private final Network network;
  private final Trainer trainer;
  private final Loss loss;
  private final WeightedLoss weightedLoss;
  private final BatchFeed feed;

  /**
   * A loop that trains {@code model} in place.
   *
   * @param network whose weights are set
   * @param model made of the network
   */
  public TrainingLoop(
      Network network, Model model, TrainingSpec spec, Target target, FeatureScale scale) {
    this.network = network;
    this.loss = target == Target.CLASS ? Loss.softmaxCrossEntropyLoss() : Loss.l2Loss("L2Loss", 1);
    this.weightedLoss = new WeightedLoss(target);
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optDevices(new Device[] {model.getNDManager().getDevice()})
                .optOptimizer(Optimizers.create(spec.optimizer())));
    trainer.initialize(new Shape(spec.batchSize()).addAll(network.inputShape()));
    NDManager manager = trainer.getManager();
    this.feed = new BatchFeed(network, scale.on(manager), target, manager, spec.batchSize());
  }

  /** What is predicted. */
  public enum Target {
    CLASS,
    REAL;

    /** What labels of that kind are. */
    static Target of(LabelSpec label) {
      return label instanceof LabelSpec.Classes ? CLASS : REAL;
    }
  }

  /** The network in its present state, to be asked about samples. */
  ModelOutputs outputs(SampleBuffer samples) {
    return new ForwardPass(network, trainer.getManager(), feed, samples);
  }

  /**
   * Goes through samples once.
   *
   * @param order indexes of samples in the buffer
   * @param weights of all samples in the buffer
   * @return mean loss; 0 without samples
   */
  public double epoch(SampleBuffer samples, int[] order, SampleWeights weights)
      throws InterruptedException {
    return feed.epoch(samples, order, weights, this::step);
  }

  private double step(BatchFeed.Batch batch) {
    double value;
    try (GradientCollector gradients = trainer.newGradientCollector()) {
      NDList predictions = trainer.forward(batch.input());
      predictions.attach(batch.scope());
      NDArray batchLoss = loss(batch, predictions);
      batchLoss.attach(batch.scope());
      gradients.backward(batchLoss);
      value = batchLoss.getFloat();
    }
    trainer.step();
    return value;
  }

  private NDArray loss(BatchFeed.Batch batch, NDList predictions) {
    NDArray shares = batch.shares();
    return shares == null
        ? loss.evaluate(batch.labels(), predictions)
        : weightedLoss.evaluate(
            batch.labels().singletonOrThrow(), predictions.singletonOrThrow(), shares);
  }

  @Override
  public void close() {
    feed.close();
    trainer.close();
  }
}
