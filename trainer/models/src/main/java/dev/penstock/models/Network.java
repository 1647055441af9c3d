package dev.penstock.models;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.nn.SequentialBlock;
import ai.djl.util.Pair;
import dev.penstock.models.engine.TorchScript;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network as its spec and dataset declare it: from a batch of payloads to one output a class
 * (logits), or one in regression.
 */
public final class Network {

  private final PayloadEncoder encoder;
  private final Shape inputShape;
  private final int outputs;
  private final Set<Integer> categories;

  /** TorchScript; empty: the layers are of our own. */
  private final Optional<Supplier<byte[]>> module;

  private @Nullable Block block;

  private Network(
      PayloadEncoder encoder,
      Shape inputShape,
      int outputs,
      Set<Integer> categories,
      Optional<Supplier<byte[]>> module) {
    this.encoder = encoder;
    this.inputShape = inputShape;
    this.outputs = outputs;
    this.categories = categories;
    this.module = module;
  }

  /**
   * Builds the layers of a model that needs no file.
   *
   * @throws IllegalArgumentException if the network does not fit the dataset
   */
  public static Network of(ModelSpec model, PayloadSpec payload, LabelSpec label) {
    return of(
        model,
        payload,
        label,
        () -> {
          throw new IllegalArgumentException("model must need no file, got " + model);
        });
  }

  /**
   * Builds the layers.
   *
   * @param module asked for the bytes of a TorchScript model
   * @throws IllegalArgumentException if the network does not fit the dataset
   */
  public static Network of(
      ModelSpec model, PayloadSpec payload, LabelSpec label, Supplier<byte[]> module) {
    int outputs = label instanceof LabelSpec.Classes classes ? classes.count() : 1;
    if (model instanceof ModelSpec.HashedText text) {
      if (!(payload instanceof PayloadSpec.Text)) {
        throw new IllegalArgumentException("payload must be text, got " + payload);
      }
      Shape ids = new Shape(text.maxNgrams());
      return new Network(new HashedNgrams(text), ids, outputs, Set.of(), Optional.empty())
          .with(Layers.text(text, outputs));
    }
    if (!(payload instanceof PayloadSpec.Tensor tensor)) {
      throw new IllegalArgumentException("payload must be a tensor, got " + payload);
    }
    return of(model, tensor, outputs, module);
  }

  private static Network of(
      ModelSpec model, PayloadSpec.Tensor tensor, int outputs, Supplier<byte[]> module) {
    if (model instanceof ModelSpec.Mlp mlp) {
      return of(tensor, new Shape(tensor.elements()), outputs).with(Layers.mlp(mlp, outputs));
    }
    if (model instanceof ModelSpec.Cnn cnn) {
      return of(tensor, imageShape(tensor), outputs).with(Layers.cnn(cnn, outputs));
    }
    if (model instanceof ModelSpec.Resnet resnet) {
      Shape image = imageShape(tensor);
      long side = Math.min(image.get(1), image.get(2));
      return of(tensor, image, outputs).with(Layers.resnet(resnet, side, outputs));
    }
    if (model instanceof ModelSpec.Dlrm dlrm) {
      int columns = tensor.elements();
      return new Network(
              PayloadEncoder.asItIs(tensor),
              new Shape(columns),
              outputs,
              Set.copyOf(dlrm.categorical()),
              Optional.empty())
          .with(Layers.dlrm(dlrm, columns, outputs));
    }
    if (model instanceof ModelSpec.TorchScript) {
      long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
      return new Network(
          PayloadEncoder.asItIs(tensor), new Shape(shape), outputs, Set.of(), Optional.of(module));
    }
    throw new IllegalArgumentException("No network for " + model);
  }

  private static Network of(PayloadSpec.Tensor tensor, Shape inputShape, int outputs) {
    return new Network(
        PayloadEncoder.asItIs(tensor), inputShape, outputs, Set.of(), Optional.empty());
  }

  private Network with(Block layers) {
    block = layers;
    return this;
  }

  private static Shape imageShape(PayloadSpec.Tensor tensor) {
    List<Integer> shape = tensor.shape();
    return switch (shape.size()) {
      case 2 -> new Shape(1, shape.get(0), shape.get(1));
      case 3 -> new Shape(shape.get(0), shape.get(1), shape.get(2));
      default -> throw new IllegalArgumentException("shape must be an image's, got " + shape);
    };
  }

  /** The layers; those of a TorchScript model once {@link #newModel} has loaded it. */
  public Block block() {
    if (block == null) {
      throw new IllegalStateException("No model was made of the network yet");
    }
    return block;
  }

  /**
   * The layers in their order, the last of which is linear; a TorchScript model says nothing of its
   * own.
   */
  public List<Block> layers() {
    return block() instanceof SequentialBlock layers
        ? layers.getChildren().values()
        : List.of(block());
  }

  /** Whether its layers are known, and its weights are set by {@link #randomize}. */
  public boolean isTransparent() {
    return module.isEmpty();
  }

  /** Shape of one sample as the first layer wants it, without the batch dimension. */
  public Shape inputShape() {
    return inputShape;
  }

  /** What a sample is when it is encoded. */
  public PayloadSpec.Tensor payload() {
    return encoder.row();
  }

  /** Encodes samples. */
  public PayloadEncoder encoder() {
    return encoder;
  }

  /** Number of outputs. */
  public int outputs() {
    return outputs;
  }

  /** Whether its inputs are quantities; ids are not, and cannot be scaled. */
  public boolean takesQuantities() {
    return !(encoder instanceof HashedNgrams);
  }

  /** Columns that are no quantities although others are. */
  public Set<Integer> categories() {
    return categories;
  }

  /** The network as a DJL model with all weights zero, or those of its file. Close it. */
  public Model newModel(Device device) {
    if (module.isPresent()) {
      Model loaded = TorchScript.load(module.get().get(), device, inputShape, outputs);
      block = loaded.getBlock();
      return loaded;
    }
    Model model = Model.newInstance("penstock", device);
    model.setBlock(block());
    block().initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1).addAll(inputShape));
    return model;
  }

  /**
   * Sets random weights: uniform in ±√(6/fan-in) (He et al., Delving Deep into Rectifiers, ICCV
   * 2015), biases zero, and normalizations that change nothing. The same seed gives the same
   * weights on every machine. A TorchScript model keeps those of its file.
   */
  public void randomize(long seed) {
    if (!isTransparent()) {
      return;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (Parameter parameter : parameters()) {
      NDArray array = parameter.getArray();
      long[] shape = array.getShape().getShape();
      float[] values = new float[Math.toIntExact(array.size())];
      if (shape.length > 1) {
        double bound = Math.sqrt(6.0 * shape[0] / values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
      } else if (startsAtOne(parameter)) {
        Arrays.fill(values, 1);
      }
      new Tensor(Tensor.shape(array), values).copyTo(array);
    }
  }

  private static boolean startsAtOne(Parameter parameter) {
    return parameter.getType() == Parameter.Type.GAMMA
        || parameter.getType() == Parameter.Type.RUNNING_VAR;
  }

  /** The weights, named by their place. */
  public SortedMap<String, Tensor> weights() {
    SortedMap<String, Tensor> weights = new TreeMap<>();
    for (Pair<String, Parameter> named : block().getParameters()) {
      weights.put(named.getKey(), Tensor.of(named.getValue().getArray()));
    }
    return weights;
  }

  /**
   * Sets the weights; tensors of a feature scale among them are left alone.
   *
   * @throws IllegalArgumentException if they are another network's
   */
  public void setWeights(SortedMap<String, Tensor> weights) {
    ParameterList parameters = block().getParameters();
    Set<String> others = new TreeSet<>(weights.keySet());
    others.removeAll(parameters.keys());
    others.removeIf(FeatureScale::isScale);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "weights must be of " + parameters.keys() + " only, got " + others + " too");
    }
    for (Pair<String, Parameter> named : parameters) {
      Tensor tensor = weights.get(named.getKey());
      NDArray array = named.getValue().getArray();
      if (tensor == null || !shape(tensor).equals(array.getShape())) {
        throw new IllegalArgumentException(
            "weights must have "
                + named.getKey()
                + " of shape "
                + array.getShape()
                + ", got "
                + tensor);
      }
      tensor.copyTo(array);
    }
  }

  /**
   * A batch as the first layer wants it.
   *
   * @param payloads direct buffer of the samples' payloads, one after the other, native order
   * @param batch number of samples
   */
  public NDList input(
      NDManager manager, ByteBuffer payloads, int batch, FeatureScale.OnDevice scale) {
    NDArray raw =
        manager.create(
            payloads, new Shape(batch, payload().elements()), dataType(payload().dtype()));
    if (!takesQuantities()) {
      return new NDList(raw);
    }
    NDArray features = scale.apply(raw.toType(DataType.FLOAT32, /* copy= */ false));
    return new NDList(features.reshape(new Shape(batch).addAll(inputShape)));
  }

  private List<Parameter> parameters() {
    return block().getParameters().values();
  }

  private static Shape shape(Tensor tensor) {
    return new Shape(tensor.shape());
  }

  private static DataType dataType(PayloadSpec.Dtype dtype) {
    return switch (dtype) {
      case UINT8 -> DataType.UINT8;
      case INT32 -> DataType.INT32;
      case INT64 -> DataType.INT64;
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
    };
  }
}
