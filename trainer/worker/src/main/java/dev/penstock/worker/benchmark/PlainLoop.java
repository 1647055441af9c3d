package dev.penstock.worker.benchmark;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import dev.penstock.models.Network;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The baseline: the same network trained by a plain loop over batches that lie ready in memory as
 * tensors, which no way of reading can beat.
 */
final class PlainLoop {

  private final Network network;
  private final int batchSize;
  private final Device device;

  PlainLoop(Network network, int batchSize, Device device) {
    this.network = network;
    this.batchSize = batchSize;
    this.device = device;
  }

  /** The engine's, whose moments nobody would close. */
  private static final class OwnedAdam extends Adam {

    private final NDManager owner;

    OwnedAdam(Builder builder, NDManager owner) {
      super(builder);
      this.owner = owner;
    }

    @Override
    protected NDArray withDefaultState(
        Map<String, Map<Device, NDArray>> state,
        String key,
        Device device,
        Function<String, NDArray> initial) {
      NDArray moment = super.withDefaultState(state, key, device, initial);
      moment.attach(owner);
      return moment;
    }
  }

  /** Trains and returns samples a second, of the loop alone. */
  double run(int samples, int epochs, float learningRate) {
    Loss loss = Loss.softmaxCrossEntropyLoss();
    try (Model model = network.newModel(device)) {
      network.randomize(1);
      Tracker rate = Tracker.fixed(learningRate);
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(loss)
              .optDevices(new Device[] {device})
              .optOptimizer(
                  new OwnedAdam(Adam.builder().optLearningRateTracker(rate), model.getNDManager()));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(batchSize).addAll(network.inputShape()));
        List<NDList> batches = batches(trainer.getManager(), samples);
        long start = System.nanoTime();
        for (int epoch = 0; epoch < epochs; epoch++) {
          for (NDList batch : batches) {
            step(trainer, loss, batch);
          }
        }
        return samples * epochs / ((System.nanoTime() - start) / 1e9);
      }
    }
  }

  private static void step(Trainer trainer, Loss loss, NDList batch) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      batch.tempAttach(scope);
      NDArray scaled = batch.get(0).toType(DataType.FLOAT32, /* copy= */ false).div(255);
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList predictions = trainer.forward(new NDList(scaled));
        predictions.attach(scope);
        NDArray value = loss.evaluate(new NDList(batch.get(1)), predictions);
        value.attach(scope);
        gradients.backward(value);
      }
      trainer.step();
    }
  }

  private List<NDList> batches(NDManager manager, int samples) {
    SplittableRandom random = new SplittableRandom(1);
    List<NDList> batches = new ArrayList<>();
    for (int from = 0; from < samples; from += batchSize) {
      int size = Math.min(batchSize, samples - from);
      byte[] images = new byte[size * network.payload().bytes()];
      random.nextBytes(images);
      long[] labels = random.longs(size, 0, BenchmarkLog.CLASSES).toArray();
      NDArray pixels =
          manager.create(
              ByteBuffer.wrap(images),
              new Shape(size).addAll(network.inputShape()),
              DataType.UINT8);
      batches.add(new NDList(pixels, manager.create(labels, new Shape(size, 1))));
    }
    return batches;
  }
}
