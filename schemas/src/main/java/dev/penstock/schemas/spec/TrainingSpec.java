package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How to train a model version.
 *
 * @param model the network
 * @param optimizer the optimizer
 * @param usePreviousModel start from the pipeline's previous model version, else from scratch
 * @param epochs passes over the training set
 * @param batchSize samples a step
 * @param shuffle whether the order of samples is random
 * @param seed of initial weights and shuffling, mixed with the decision number
 * @param scaling of features, from the training set's own statistics
 * @param downsampling of the training set by the model; empty: all samples are trained on
 */
public record TrainingSpec(
    ModelSpec model,
    OptimizerSpec optimizer,
    boolean usePreviousModel,
    int epochs,
    int batchSize,
    boolean shuffle,
    long seed,
    Scaling scaling,
    Optional<DownsamplingSpec> downsampling) {

  public TrainingSpec {
    requireNonNull(model, "model is null");
    requireNonNull(optimizer, "optimizer is null");
    requireNonNull(scaling, "scaling is null");
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs-per-trigger must be positive, got " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch-size must be positive, got " + batchSize);
    }
    downsampling.ifPresent(spec -> spec.checkBatch(batchSize));
  }

  /** How features are brought to a common scale before they reach the network. */
  public enum Scaling {
    /** As they are. */
    NONE,
    /** uint8 to [0, 1]: divided by 255. */
    UNIT,
    /** (x - mean) / standard deviation, per feature. */
    STANDARD,
    /** (x - min) / (max - min), per feature. */
    MIN_MAX
  }
}
