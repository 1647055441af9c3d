package dev.penstock.worker.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.penstock.models.Network;
import dev.penstock.worker.data.SampleBuffer;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.downsampling.ModelOutputs;
import java.util.List;

/**
 * Asks a network about samples of a buffer, batch by batch, without training it.
 *
 * @param manager of the device
 */
record ForwardPass(Network network, NDManager manager, BatchFeed feed, SampleBuffer samples)
    implements ModelOutputs {

  private static final double[] NOT_ASKED_FOR = {};

  @Override
  public void forward(int[] indexes, Depth depth, Sink sink) throws InterruptedException {
    ParameterStore parameters = new ParameterStore(manager, /* copy= */ false);
    int[] at = {0};
    feed.epoch(
        samples,
        indexes,
        SampleWeights.EQUAL,
        0,
        batch -> {
          forward(parameters, batch, depth, at[0], sink);
          at[0] += batch.size();
        });
  }

  private void forward(
      ParameterStore parameters, BatchFeed.Batch batch, Depth depth, int at, Sink sink) {
    List<Block> layers = network.layers();
    NDList activations = batch.input();
    double[][] embeddings = {};
    for (int layer = 0; layer < layers.size(); layer++) {
      if (layer == layers.size() - 1 && depth == Depth.EMBEDDINGS) {
        embeddings = rows(activations.singletonOrThrow(), batch.size());
      }
      activations = layers.get(layer).forward(parameters, activations, /* training= */ false);
      // Outputs belong to the parameters' manager, which lives as long as the model.
      activations.attach(batch.scope());
    }
    double[][] outputs = rows(activations.singletonOrThrow(), batch.size());
    for (int i = 0; i < batch.size(); i++) {
      double[] embedding = depth == Depth.EMBEDDINGS ? embeddings[i] : NOT_ASKED_FOR;
      sink.accept(at + i, outputs[i], embedding);
    }
  }

  private static double[][] rows(NDArray array, int batch) {
    float[] flat = array.toFloatArray();
    int width = flat.length / batch;
    double[][] rows = new double[batch][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }
}
