package dev.penstock.models;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import java.util.List;

/** The layers of each kind of network, the last of which is linear. */
final class Layers {

  /** Smaller images keep their size in the first layer (He et al., section 4.2). */
  private static final int LARGE_IMAGE = 64;

  private static final int BOTTLENECK_EXPANSION = 4;

  private Layers() {}

  static SequentialBlock mlp(ModelSpec.Mlp mlp, int outputs) {
    SequentialBlock layers = new SequentialBlock();
    for (int units : mlp.hidden()) {
      layers.add(linear(units));
      layers.add(
          switch (mlp.activation()) {
            case RELU -> Activation.reluBlock();
            case TANH -> Activation.tanhBlock();
          });
    }
    return layers.add(linear(outputs));
  }

  static SequentialBlock cnn(ModelSpec.Cnn cnn, int outputs) {
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
    layers.add(linear(cnn.hidden()));
    layers.add(Activation.reluBlock());
    return layers.add(linear(outputs));
  }

  /**
   * A residual network (He et al., Deep Residual Learning for Image Recognition, CVPR 2016, table
   * 1): basic blocks up to 34 layers, bottlenecks from 50 on.
   *
   * @param side the smaller side of an image
   */
  static SequentialBlock resnet(ModelSpec.Resnet resnet, long side, int outputs) {
    SequentialBlock layers = new SequentialBlock();
    if (side < LARGE_IMAGE) {
      layers.add(convolution(3, resnet.width(), 1)).add(batchNorm()).add(Activation.reluBlock());
    } else {
      layers.add(convolution(7, resnet.width(), 2)).add(batchNorm()).add(Activation.reluBlock());
      layers.add(Pool.maxPool2dBlock(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1)));
    }
    boolean bottleneck = resnet.depth() >= 50;
    int channels = resnet.width();
    List<Integer> stages = resnet.blocksPerStage();
    for (int stage = 0; stage < stages.size(); stage++) {
      int filters = resnet.width() << stage;
      int out = bottleneck ? filters * BOTTLENECK_EXPANSION : filters;
      for (int i = 0; i < stages.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        Block body = bottleneck ? bottleneck(filters, stride) : basic(filters, stride);
        Block shortcut =
            stride == 1 && channels == out
                ? Blocks.identityBlock()
                : new SequentialBlock().add(convolution(1, out, stride)).add(batchNorm());
        layers.add(new ParallelBlock(Layers::sum, List.of(body, shortcut)));
        layers.add(Activation.reluBlock());
        channels = out;
      }
    }
    layers.add(Pool.globalAvgPool2dBlock());
    return layers.add(linear(outputs));
  }

  private static SequentialBlock basic(int filters, int stride) {
    return new SequentialBlock()
        .add(convolution(3, filters, stride))
        .add(batchNorm())
        .add(Activation.reluBlock())
        .add(convolution(3, filters, 1))
        .add(batchNorm());
  }

  /** The stride is in the 3×3 convolution, as in PyTorch's. */
  private static SequentialBlock bottleneck(int filters, int stride) {
    return new SequentialBlock()
        .add(convolution(1, filters, 1))
        .add(batchNorm())
        .add(Activation.reluBlock())
        .add(convolution(3, filters, stride))
        .add(batchNorm())
        .add(Activation.reluBlock())
        .add(convolution(1, filters * BOTTLENECK_EXPANSION, 1))
        .add(batchNorm());
  }

  private static NDList sum(List<NDList> branches) {
    return new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow()));
  }

  private static Block convolution(int kernel, int filters, int stride) {
    return Conv2d.builder()
        .setKernelShape(new Shape(kernel, kernel))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .optStride(new Shape(stride, stride))
        .setFilters(filters)
        .optBias(/* includeBias= */ false)
        .build();
  }

  private static Block batchNorm() {
    return BatchNorm.builder().build();
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  /** A mean of the embeddings of a text's hashed n-grams, then hidden layers. */
  static SequentialBlock text(ModelSpec.HashedText text, int outputs) {
    SequentialBlock layers = new SequentialBlock();
    layers.add(new EmbeddingBag(text.buckets() + 1, text.embedding()));
    for (int units : text.hidden()) {
      layers.add(linear(units)).add(Activation.reluBlock());
    }
    return layers.add(linear(outputs));
  }

  /** The interactions of columns, then the hidden layers above them. */
  static SequentialBlock dlrm(ModelSpec.Dlrm dlrm, int columns, int outputs) {
    SequentialBlock layers = new SequentialBlock();
    layers.add(new Interactions(dlrm, columns));
    for (int units : dlrm.top()) {
      layers.add(linear(units)).add(Activation.reluBlock());
    }
    return layers.add(linear(outputs));
  }
}
