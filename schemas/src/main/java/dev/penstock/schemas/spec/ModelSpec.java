package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The network to train. Its input and output sizes follow from the dataset. */
public sealed interface ModelSpec {

  /**
   * A multi-layer perceptron over the flattened payload.
   *
   * @param hidden sizes of the hidden layers; empty: logistic (or linear) regression
   * @param activation after each hidden layer
   */
  record Mlp(List<Integer> hidden, Activation activation) implements ModelSpec {

    public Mlp {
      hidden = List.copyOf(hidden);
      requireNonNull(activation, "activation is null");
      checkPositive("hidden", hidden);
    }
  }

  /**
   * A small convolutional network over images of shape [height, width] or [channels, height,
   * width]: for each entry of {@code filters} a 3×3 convolution, ReLU and 2×2 max pooling, then a
   * hidden layer.
   *
   * @param filters output channels of the convolutions
   * @param hidden size of the hidden layer
   */
  record Cnn(List<Integer> filters, int hidden) implements ModelSpec {

    public Cnn {
      filters = List.copyOf(filters);
      if (filters.isEmpty()) {
        throw new IllegalArgumentException("filters must have an entry, got []");
      }
      checkPositive("filters", filters);
      if (hidden < 1) {
        throw new IllegalArgumentException("hidden must be positive, got " + hidden);
      }
    }
  }

  /** Non-linearity between layers. */
  enum Activation {
    RELU,
    TANH
  }

  private static void checkPositive(String field, List<Integer> sizes) {
    if (sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(field + " must be positive, got " + sizes);
    }
  }
}
