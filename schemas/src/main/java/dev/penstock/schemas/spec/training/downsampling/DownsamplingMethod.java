package dev.penstock.schemas.spec.training.downsampling;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;

/** By what a downsampler keeps samples. */
public sealed interface DownsamplingMethod {

  /** Whether the model has to be asked about the samples. */
  default boolean asksTheModel() {
    return true;
  }

  /** Whether it needs a classifier. */
  default boolean needsClasses() {
    return false;
  }

  /** Whether it needs what the last layer is given. */
  default boolean looksIntoTheModel() {
    return false;
  }

  /** Drawn by the loss, and weighed so that what is often drawn counts less. */
  record Loss() implements DownsamplingMethod {}

  /** The same by the norm of the gradient. */
  record GradientNorm(Gradients gradients) implements DownsamplingMethod {

    public GradientNorm {
      requireNonNull(gradients, "gradients is null");
    }

    @Override
    public boolean looksIntoTheModel() {
      return gradients == Gradients.LAST_LAYER;
    }
  }

  /** Those that the classifier is least sure of. */
  record Uncertainty(ScoreMetric scoreMetric) implements DownsamplingMethod {

    public Uncertainty {
      requireNonNull(scoreMetric, "score-metric is null");
    }

    @Override
    public boolean needsClasses() {
      return true;
    }
  }

  /** What is sure. */
  enum ScoreMetric {
    /** The largest logit. */
    LEAST_CONFIDENCE,
    /** The negative entropy of the probabilities. */
    ENTROPY,
    /** The largest probability less the second. */
    MARGIN
  }

  /** No sample's embedding is far from a kept one's. */
  record KCenter(int partSize) implements DownsamplingMethod {

    public KCenter {
      checkPartSize(partSize);
    }

    @Override
    public boolean looksIntoTheModel() {
      return true;
    }
  }

  /** Those whose gradients represent all by a submodular function. */
  record Submodular(Function function, Search search) implements DownsamplingMethod {

    public Submodular {
      requireNonNull(function, "function is null");
      requireNonNull(search, "search is null");
    }

    @Override
    public boolean looksIntoTheModel() {
      return search.gradients() == Gradients.LAST_LAYER;
    }

    @Override
    public boolean needsClasses() {
      return true;
    }
  }

  /** What represents well. */
  enum Function {
    FACILITY_LOCATION,
    GRAPH_CUT,
    LOG_DETERMINANT
  }

  /** Those whose gradients are nearest to all, weighed by how many they stand for. */
  record Craig(Search search) implements DownsamplingMethod {

    public Craig {
      requireNonNull(search, "search is null");
    }

    @Override
    public boolean looksIntoTheModel() {
      return search.gradients() == Gradients.LAST_LAYER;
    }

    @Override
    public boolean needsClasses() {
      return true;
    }
  }

  /**
   * Those whose weighed gradients add up to the mean gradient.
   *
   * @param penalty on the squared weights
   */
  record GradMatch(double penalty, Gradients gradients, int partSize)
      implements DownsamplingMethod {

    public GradMatch {
      Fields.positive("penalty", penalty);
      requireNonNull(gradients, "gradients is null");
      checkPartSize(partSize);
    }

    @Override
    public boolean looksIntoTheModel() {
      return gradients == Gradients.LAST_LAYER;
    }

    @Override
    public boolean needsClasses() {
      return true;
    }
  }

  /**
   * Those whose loss is highest beyond that of a model of held-out samples.
   *
   * @param holdout what that model is trained on
   * @param holdoutRatio percent of the samples that are held out; of twins: half, whatever it is
   * @param epochs of that model's training; 0: as many as the model's
   */
  record RhoLoss(Holdout holdout, int holdoutRatio, int epochs) implements DownsamplingMethod {

    public RhoLoss {
      requireNonNull(holdout, "holdout is null");
      Fields.check(
          holdoutRatio >= 1 && holdoutRatio <= 99, "holdout-ratio", "from 1 to 99", holdoutRatio);
      Fields.atLeast("irreducible-epochs", epochs, 0);
    }
  }

  /** What the model of the irreducible loss is trained on. */
  enum Holdout {
    /** A share of the samples, which are not trained on themselves. */
    SIMPLE,
    /** Two models, one of each half; each one's loss is that of the other half. */
    TWIN
  }

  /** Random ones, anew in every epoch. */
  record Rs2(boolean withReplacement) implements DownsamplingMethod {

    @Override
    public boolean asksTheModel() {
      return false;
    }
  }

  /** Of what a gradient is taken. */
  enum Gradients {
    /** Of the loss with respect to the logits. */
    LOGITS,
    /** Of the loss with respect to the weights and biases of the last layer. */
    LAST_LAYER
  }

  /** How a set function is maximized. */
  enum Greedy {
    LAZY,
    NAIVE,
    STOCHASTIC
  }

  /**
   * A search for the best set.
   *
   * @param epsilon of stochastic greedy
   * @param partSize samples that are compared with each other at most
   */
  record Search(Greedy greedy, double epsilon, Gradients gradients, int partSize) {

    public Search {
      requireNonNull(greedy, "greedy is null");
      requireNonNull(gradients, "gradients is null");
      Fields.inOpenUnitInterval("epsilon", epsilon);
      checkPartSize(partSize);
    }
  }

  private static void checkPartSize(int partSize) {
    Fields.atLeast("part-size", partSize, 2);
  }
}
