package dev.penstock.worker.loop;

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
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.Network;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.training.Precision;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.downsampling.ModelOutputs;
import dev.penstock.worker.optimizer.LearningRates;
import dev.penstock.worker.optimizer.LossScale;
import dev.penstock.worker.optimizer.NetworkOptimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent over a buffer of samples. The same samples, seed and number of
 * threads give the same weights, bit for bit.
 */
public final class TrainingLoop implements AutoCloseable {

  private final Network network;
  private final Trainer trainer;
  private final Loss loss;
  private final WeightedLoss weightedLoss;
  private final NetworkOptimizer optimizer;
  private final LearningRates rates;
  private final LossScale scale;

  /** Null: all is float32. */
  private final @Nullable LowPrecisionPass lowPrecision;

  private final BatchFeed feed;

  /**
   * A loop that trains {@code model} in place.
   *
   * @param network whose weights are set
   * @param model made of the network
   * @param rates of its steps
   */
  public TrainingLoop(
      Network network,
      Model model,
      TrainingSpec spec,
      Target target,
      FeatureScale features,
      LearningRates rates) {
    this.network = network;
    this.rates = rates;
    this.loss = target == Target.CLASS ? Loss.softmaxCrossEntropyLoss() : Loss.l2Loss("L2Loss", 1);
    this.weightedLoss = new WeightedLoss(target);
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optDevices(new Device[] {model.getNDManager().getDevice()})
                // Asked for by the engine, never used: ours can be saved and restored.
                .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0)).build()));
    // One sample is enough: the engine runs some layers to learn the shape of what they give.
    trainer.initialize(new Shape(1).addAll(network.inputShape()));
    NDManager manager = trainer.getManager();
    this.scale = LossScale.of(spec.precision());
    this.lowPrecision =
        spec.precision() == Precision.FLOAT32
            ? null
            : new LowPrecisionPass(network, manager, spec.precision());
    this.optimizer =
        new NetworkOptimizer(network.block().getParameters(), spec.optimization(), manager);
    this.feed = new BatchFeed(network, features.on(manager), target, manager, spec.batchSize());
  }

  /** What is predicted. */
  public enum Target {
    /** One of several classes. */
    CLASS,
    /** A number. */
    REAL,
    /** The logarithm of a number and 1. */
    LOG;

    double learned(double label) {
      return this == LOG ? Math.log1p(Math.max(0, label)) : label;
    }

    /** What a training predicts of labels of that kind. */
    public static Target of(LabelSpec label, TrainingSpec spec) {
      if (label instanceof LabelSpec.Classes) {
        return CLASS;
      }
      return spec.features().logLabels() ? LOG : REAL;
    }
  }

  /** The network in its present state, to be asked about samples. */
  public ModelOutputs outputs(SampleBuffer samples) {
    return new ForwardPass(network, trainer.getManager(), feed, samples);
  }

  /**
   * Goes through samples once.
   *
   * @param order indexes of samples in the buffer
   * @param weights of all samples in the buffer
   * @param epoch number of the epoch, from 1
   * @return mean loss; 0 without samples
   */
  public double epoch(SampleBuffer samples, int[] order, SampleWeights weights, int epoch)
      throws InterruptedException {
    Progress start = new Progress(epoch, 0, 0, 0);
    return run(samples, order, weights, start, progress -> {}).meanLoss();
  }

  /**
   * Goes through the rest of an epoch, or of the first samples of its order.
   *
   * @param from where it stands
   * @param afterStep told where it stands after each step
   * @return its end
   */
  public Progress run(
      SampleBuffer samples,
      int[] order,
      SampleWeights weights,
      Progress from,
      Consumer<Progress> afterStep)
      throws InterruptedException {
    Progress[] at = {from};
    feed.epoch(
        samples,
        order,
        weights,
        from.index(),
        batch -> {
          double value = step(batch, from.epoch() - 1);
          at[0] = at[0].step(batch.size(), value);
          afterStep.accept(at[0]);
        });
    return at[0];
  }

  /** Mean loss of samples that are not trained on; nothing changes. */
  public double evaluate(SampleBuffer samples, int[] indexes) throws InterruptedException {
    double[] sum = {0};
    feed.epoch(
        samples,
        indexes,
        SampleWeights.EQUAL,
        0,
        batch -> {
          NDList predictions = trainer.evaluate(batch.input());
          predictions.attach(batch.scope());
          NDArray batchLoss = loss.evaluate(batch.labels(), predictions);
          batchLoss.attach(batch.scope());
          sum[0] += batch.size() * (double) batchLoss.getFloat();
        });
    return sum[0] / Math.max(1, indexes.length);
  }

  /** What updates the weights. */
  public NetworkOptimizer optimizer() {
    return optimizer;
  }

  /** By how much losses are multiplied before gradients are taken. */
  public LossScale lossScale() {
    return scale;
  }

  /** Seconds that were waited for batches so far. */
  public double waitSeconds() {
    return feed.waitSeconds();
  }

  private double step(BatchFeed.Batch batch, int epochsOver) {
    double value;
    try (GradientCollector gradients = trainer.newGradientCollector()) {
      NDArray batchLoss = loss(batch, predict(batch));
      batchLoss.attach(batch.scope());
      gradients.backward(scaled(batchLoss, batch));
      value = batchLoss.getFloat();
    }
    optimizer.step(rates, epochsOver, scale);
    return value;
  }

  private NDList predict(BatchFeed.Batch batch) {
    if (lowPrecision != null) {
      return lowPrecision.forward(batch.input(), batch.scope());
    }
    NDList predictions = trainer.forward(batch.input());
    predictions.attach(batch.scope());
    return predictions;
  }

  private NDArray scaled(NDArray batchLoss, BatchFeed.Batch batch) {
    if (!scale.isDynamic()) {
      return batchLoss;
    }
    NDArray scaled = batchLoss.mul(scale.factor());
    scaled.attach(batch.scope());
    return scaled;
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
    optimizer.close();
    if (lowPrecision != null) {
      lowPrecision.close();
    }
    trainer.close();
  }
}
