package dev.penstock.schemas.spec.training.model;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /**
   * A residual network over images, as {@link Cnn} takes them (He et al., CVPR 2016).
   *
   * @param depth number of layers: 18, 34 or 50
   * @param width channels of the first stage
   */
  record Resnet(int depth, int width) implements ModelSpec {

    /** The smallest side of an image: the last stage sees an eighth of it. */
    public static final int MIN_SIDE = 16;

    private static final List<Integer> DEPTHS = List.of(18, 34, 50);

    public Resnet {
      Fields.check(DEPTHS.contains(depth), "depth", "one of " + DEPTHS, depth);
      Fields.atLeast("width", width, 1);
    }

    /** Number of residual blocks of each stage. */
    public List<Integer> blocksPerStage() {
      return depth == 18 ? List.of(2, 2, 2, 2) : List.of(3, 4, 6, 3);
    }
  }

  /**
   * A classifier of texts by the mean embedding of their hashed n-grams of words (Joulin et al.,
   * EACL 2017).
   *
   * @param ngrams words of the longest n-gram
   * @param maxNgrams n-grams of a text that count
   * @param buckets rows of the table that n-grams are hashed to
   * @param embedding length of a row
   * @param hidden sizes of hidden layers above
   */
  record HashedText(int ngrams, int maxNgrams, int buckets, int embedding, List<Integer> hidden)
      implements ModelSpec {

    public HashedText {
      Fields.atLeast("ngrams", ngrams, 1);
      Fields.atLeast("max-ngrams", maxNgrams, 1);
      Fields.atLeast("buckets", buckets, 1);
      Fields.atLeast("embedding", embedding, 1);
      hidden = List.copyOf(hidden);
      checkPositive("hidden", hidden);
    }
  }

  /**
   * A network for click data: embeddings of categories, a perceptron over the numbers, and the
   * interactions of all (Naumov et al., 2019).
   *
   * @param categorical columns that are categories, from 0
   * @param buckets categories of a column, beyond which they share by remainder
   * @param embedding length of a category's vector
   * @param bottom sizes of the hidden layers of the numbers
   * @param top sizes of the hidden layers above the interactions
   */
  record Dlrm(
      List<Integer> categorical,
      int buckets,
      int embedding,
      List<Integer> bottom,
      List<Integer> top)
      implements ModelSpec {

    public Dlrm {
      categorical = List.copyOf(categorical);
      Fields.check(
          !categorical.isEmpty() && new HashSet<>(categorical).size() == categorical.size(),
          "categorical",
          "distinct columns",
          categorical);
      Fields.check(
          categorical.stream().allMatch(column -> column >= 0),
          "categorical",
          "columns from 0 on",
          categorical);
      Fields.atLeast("buckets", buckets, 1);
      Fields.atLeast("embedding", embedding, 1);
      bottom = List.copyOf(bottom);
      top = List.copyOf(top);
      checkPositive("bottom", bottom);
      checkPositive("top", top);
    }
  }

  /**
   * A model that was saved by {@code torch.jit.save}: it takes a batch of samples in their declared
   * shape as float32 and gives a number a class, or one.
   *
   * @param file where it is
   * @param sha256 what it must be, lower-case hex; empty: whatever is there
   */
  record TorchScript(URI file, Optional<String> sha256) implements ModelSpec {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public TorchScript {
      Fields.check(file.isAbsolute(), "file", "a URI such as file:///models/net.pt", file);
      sha256.ifPresent(
          digest ->
              Fields.check(SHA256.matcher(digest).matches(), "sha256", "64 digits of hex", digest));
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
