package dev.penstock.models;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.penstock.models.store.ModelStore;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** A trained model that scores samples. Not thread-safe; close it. */
public final class ScoringModel implements AutoCloseable {

  /** Samples that are asked about at once. */
  private static final int BATCH = 128;

  private final Network network;
  private final Model model;
  private final FeatureScale.OnDevice scale;
  private final ParameterStore parameters;
  private final PayloadBatch batch;
  private final boolean classes;
  private final boolean logLabels;

  private ScoringModel(Network network, Model model, FeatureScale scale, ModelCard card) {
    this.network = network;
    this.model = model;
    this.scale = scale.on(model.getNDManager());
    this.parameters = new ParameterStore(model.getNDManager(), /* copy= */ false);
    this.batch = new PayloadBatch(network.payload().bytes());
    this.classes = card.dataset().label() instanceof LabelSpec.Classes;
    this.logLabels = card.training().features().logLabels();
  }

  /**
   * Loads a trained version on the CPU.
   *
   * @throws IllegalArgumentException if it was not trained, or its files do not fit each other
   */
  public static ScoringModel load(ModelStore models, ModelVersion version) {
    ModelCard card = ModelCard.read(models.card(version));
    SortedMap<String, Tensor> tensors = Safetensors.read(models.safetensors(version));
    Network network =
        Network.of(
            card.training().model(),
            card.dataset().payload(),
            card.dataset().label(),
            () -> models.module(card.module().orElseThrow()));
    Model model = network.newModel(Device.cpu());
    network.setWeights(tensors);
    return new ScoringModel(network, model, FeatureScale.from(tensors), card);
  }

  /** Number of outputs: classes, or 1 in regression. */
  public int outputs() {
    return network.outputs();
  }

  /**
   * Scores samples.
   *
   * @return for each sample the classes' probabilities, or the predicted value
   */
  public float[][] score(List<ByteBuffer> payloads) {
    return inBatches(payloads, this::forward);
  }

  /**
   * Embeds samples.
   *
   * @return for each sample the activations before the last layer; of a network of one layer, its
   *     scaled features, and of a TorchScript model its outputs
   */
  public float[][] embed(List<ByteBuffer> payloads) {
    return inBatches(payloads, this::forwardToLastLayer);
  }

  /**
   * All batches have one size, the last filled up with zeros: kernels differ in the last digit
   * between sizes, and what a model says of a sample must not depend on its company.
   */
  private float[][] inBatches(List<ByteBuffer> payloads, Function<NDManager, NDArray> forward) {
    float[][] rows = new float[payloads.size()][];
    for (int from = 0; from < rows.length; from += BATCH) {
      int to = Math.min(rows.length, from + BATCH);
      batch.clear(BATCH);
      for (ByteBuffer payload : payloads.subList(from, to)) {
        batch.add(payload, network.encoder());
      }
      batch.addZeros(BATCH - (to - from));
      try (NDManager scope = model.getNDManager().newSubManager()) {
        float[] flat = forward.apply(scope).toFloatArray();
        int width = flat.length / BATCH;
        for (int i = from; i < to; i++) {
          rows[i] = Arrays.copyOfRange(flat, (i - from) * width, (i - from + 1) * width);
        }
      }
    }
    return rows;
  }

  private NDArray forward(NDManager scope) {
    NDList input = network.input(scope, batch.payloads(), BATCH, scale);
    NDList output = network.block().forward(parameters, input, /* training= */ false);
    // Outputs belong to the parameters' manager, which lives as long as the model.
    output.attach(scope);
    NDArray raw = output.singletonOrThrow();
    if (classes) {
      return raw.softmax(-1);
    }
    return logLabels ? raw.exp().sub(1) : raw;
  }

  private NDArray forwardToLastLayer(NDManager scope) {
    NDList activations = network.input(scope, batch.payloads(), BATCH, scale);
    List<Block> layers = network.layers();
    int last = network.isTransparent() ? layers.size() - 1 : layers.size();
    for (Block layer : layers.subList(0, last)) {
      activations = layer.forward(parameters, activations, /* training= */ false);
      activations.attach(scope);
    }
    return activations.singletonOrThrow().reshape(BATCH, -1);
  }

  @Override
  public void close() {
    model.close();
  }
}
