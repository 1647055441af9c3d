package dev.penstock.models;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.spec.LabelSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A trained model that scores samples. Not thread-safe; close it. */
public final class ScoringModel implements AutoCloseable {

  private final Network network;
  private final Model model;
  private final FeatureScale.OnDevice scale;
  private final ParameterStore parameters;
  private final PayloadBatch batch;
  private final boolean classes;

  private ScoringModel(Network network, Model model, FeatureScale scale, LabelSpec label) {
    this.network = network;
    this.model = model;
    this.scale = scale.on(model.getNDManager());
    this.parameters = new ParameterStore(model.getNDManager(), /* copy= */ false);
    this.batch = new PayloadBatch(network.payload().bytes());
    this.classes = label instanceof LabelSpec.Classes;
  }

  /**
   * Loads a trained version on the CPU.
   *
   * @throws IllegalArgumentException if it was not trained, or its files do not fit each other
   */
  public static ScoringModel load(ArtifactStore artifacts, ModelVersion version) {
    ModelCard card = ModelCard.read(artifacts.read(ref(version, version.getCard())));
    SortedMap<String, Tensor> tensors =
        Safetensors.read(artifacts.read(ref(version, version.getWeights())));
    Network network =
        Network.of(card.training().model(), card.dataset().payload(), card.dataset().label());
    Model model = network.newModel(Device.cpu());
    network.setWeights(tensors);
    return new ScoringModel(network, model, FeatureScale.from(tensors), card.dataset().label());
  }

  private static ArtifactRef ref(ModelVersion version, @Nullable ArtifactRef ref) {
    if (ref == null) {
      throw new IllegalArgumentException("model version must be trained, got " + version.getId());
    }
    return ref;
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
    float[][] scores = new float[payloads.size()][];
    if (scores.length == 0) {
      return scores;
    }
    batch.clear(scores.length);
    for (ByteBuffer payload : payloads) {
      batch.add(payload, payload.position());
    }
    float[] flat = forward(scores.length);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = new float[outputs()];
      System.arraycopy(flat, i * outputs(), scores[i], 0, outputs());
    }
    return scores;
  }

  private float[] forward(int samples) {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDList input = network.input(scope, batch.payloads(), samples, scale);
      NDList output = network.block().forward(parameters, input, /* training= */ false);
      // Outputs belong to the parameters' manager, which lives as long as the model.
      output.attach(scope);
      NDArray raw = output.singletonOrThrow();
      return (classes ? raw.softmax(-1) : raw).toFloatArray();
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
