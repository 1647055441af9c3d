package dev.penstock.models;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.util.Pair;
import dev.penstock.schemas.spec.LabelSpec;
import dev.penstock.schemas.spec.ModelSpec;
import dev.penstock.schemas.spec.PayloadSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A network as its spec and dataset declare it: from a batch of payloads to one output a class
 * (logits), or one in regression.
 *
 * @param block the layers
 * @param inputShape shape of one sample as the first layer wants it, without the batch dimension
 * @param payload what a sample's payload holds
 * @param outputs number of outputs
 */
public record Network(
    SequentialBlock block, Shape inputShape, PayloadSpec.Tensor payload, int outputs) {

  /**
   * Builds the layers.
   *
   * @throws IllegalArgumentException if the network does not fit the dataset
   */
  public static Network of(ModelSpec model, PayloadSpec payload, LabelSpec label) {
    if (!(payload instanceof PayloadSpec.Tensor tensor)) {
      throw new IllegalArgumentException("payload must be a tensor, got " + payload);
    }
    int outputs = label instanceof LabelSpec.Classes classes ? classes.count() : 1;
    if (model instanceof ModelSpec.Mlp mlp) {
      return new Network(mlp(mlp, outputs), new Shape(tensor.elements()), tensor, outputs);
    }
    if (model instanceof ModelSpec.Cnn cnn) {
      return new Network(cnn(cnn, outputs), imageShape(tensor), tensor, outputs);
    }
    throw new IllegalArgumentException("No network for " + model);
  }

  private static SequentialBlock mlp(ModelSpec.Mlp mlp, int outputs) {
    SequentialBlock layers = new SequentialBlock();
    for (int units : mlp.hidden()) {
      layers.add(Linear.builder().setUnits(units).build());
      layers.add(
          switch (mlp.activation()) {
            case RELU -> Activation.reluBlock();
            case TANH -> Activation.tanhBlock();
          });
    }
    return layers.add(Linear.builder().setUnits(outputs).build());
  }

  private static SequentialBlock cnn(ModelSpec.Cnn cnn, int outputs) {
    SequentialBlock layers = new SequentialBlock();
    for (int filters : cnn.filters()) {
      layers.add(
          Conv2d.builder()
              .setKernelShape(new Shape(3, 3))
              .optPadding(new Shape(1, 1))
              .setFilters(filters)
              .build());
      layers.add(Activation.reluBlock());
      layers.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }
    layers.add(Blocks.batchFlattenBlock());
    layers.add(Linear.builder().setUnits(cnn.hidden()).build());
    layers.add(Activation.reluBlock());
    return layers.add(Linear.builder().setUnits(outputs).build());
  }

  private static Shape imageShape(PayloadSpec.Tensor tensor) {
    List<Integer> shape = tensor.shape();
    return switch (shape.size()) {
      case 2 -> new Shape(1, shape.get(0), shape.get(1));
      case 3 -> new Shape(shape.get(0), shape.get(1), shape.get(2));
      default -> throw new IllegalArgumentException("shape must be an image's, got " + shape);
    };
  }

  /** The network as a DJL model with all weights zero. Close it. */
  public Model newModel(Device device) {
    Model model = Model.newInstance("penstock", device);
    model.setBlock(block);
    block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1).addAll(inputShape));
    return model;
  }

  /**
   * Sets random weights: uniform in ±√(6/fan-in) (He et al., Delving Deep into Rectifiers, ICCV
   * 2015), biases zero. The same seed gives the same weights on every machine.
   */
  public void randomize(long seed) {
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
      }
      array.set(values);
    }
  }

  /** The weights, named by their place. */
  public SortedMap<String, Tensor> weights() {
    SortedMap<String, Tensor> weights = new TreeMap<>();
    for (Pair<String, Parameter> named : block.getParameters()) {
      NDArray array = named.getValue().getArray();
      List<Long> shape = new ArrayList<>();
      for (long size : array.getShape().getShape()) {
        shape.add(size);
      }
      weights.put(named.getKey(), new Tensor(shape, array.toFloatArray()));
    }
    return weights;
  }

  /**
   * Sets the weights; tensors of a feature scale among them are left alone.
   *
   * @throws IllegalArgumentException if they are another network's
   */
  public void setWeights(SortedMap<String, Tensor> weights) {
    ParameterList parameters = block.getParameters();
    long given = weights.keySet().stream().filter(name -> !FeatureScale.isScale(name)).count();
    if (given != parameters.size()) {
      throw new IllegalArgumentException(
          "weights must be " + parameters.size() + " tensors, got " + given);
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
      array.set(tensor.values());
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
        manager.create(payloads, new Shape(batch, payload.elements()), dataType(payload.dtype()));
    NDArray features = scale.apply(raw.toType(DataType.FLOAT32, /* copy= */ false));
    return new NDList(features.reshape(new Shape(batch).addAll(inputShape)));
  }

  private List<Parameter> parameters() {
    return block.getParameters().values();
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
