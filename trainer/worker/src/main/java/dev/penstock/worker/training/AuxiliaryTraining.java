package dev.penstock.worker.training;

import ai.djl.Device;
import ai.djl.Model;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.Network;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.downsampling.AuxiliaryModels;
import dev.penstock.worker.downsampling.ModelOutputs;
import dev.penstock.worker.loop.EpochOrder;
import dev.penstock.worker.loop.TrainingLoop;
import dev.penstock.worker.optimizer.LearningRates;

/**
 * Trains models of the pipeline's network and optimizer, from scratch, beside the one that is
 * published.
 *
 * @param scale of the features, the published model's
 */
record AuxiliaryTraining(
    DatasetSpec dataset,
    TrainingSpec spec,
    SampleBuffer samples,
    SampleWeights weights,
    FeatureScale scale,
    Device device)
    implements AuxiliaryModels {

  @Override
  public Auxiliary train(int[] indexes, int epochs, long seed) throws InterruptedException {
    Network network = Network.of(spec.model(), dataset.payload(), dataset.label());
    Model model = network.newModel(device);
    network.randomize(seed);
    int count = epochs == 0 ? spec.epochs() : epochs;
    long batches = new Amount(count, 0).batches(Math.max(1, indexes.length), spec.batchSize());
    TrainingLoop loop =
        new TrainingLoop(
            network,
            model,
            spec,
            TrainingLoop.Target.of(dataset.label(), spec),
            scale,
            LearningRates.of(spec.optimization().schedule(), count, batches));
    try {
      int[] order = indexes.clone();
      for (int epoch = 1; epoch <= count; epoch++) {
        EpochOrder.shuffle(order, SampleHash.derive(seed, 0), epoch);
        loop.epoch(samples, order, weights, epoch);
      }
    } catch (RuntimeException | InterruptedException e) {
      loop.close();
      model.close();
      throw e;
    }
    return new Trained(loop, model, loop.outputs(samples));
  }

  private record Trained(TrainingLoop loop, Model model, ModelOutputs outputs)
      implements Auxiliary {

    @Override
    public void forward(int[] indexes, Depth depth, Sink sink) throws InterruptedException {
      outputs.forward(indexes, depth, sink);
    }

    @Override
    public void close() {
      loop.close();
      model.close();
    }
  }
}
