package dev.penstock.schemas.spec.training;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec;
import dev.penstock.schemas.spec.training.model.InitialSpec;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec;
import java.util.List;
import java.util.Optional;

/**
 * How to train a model version.
 *
 * @param model the network
 * @param optimization how weights follow gradients
 * @param usePreviousModel start from the pipeline's previous model version, else from scratch
 * @param initial weights to start from without such a version; empty: random ones
 * @param epochs passes over the training set
 * @param samplesToPass of the first triggers, in place of epochs: so many samples are trained on
 * @param batchSize samples a step
 * @param shuffle whether the order of samples is random
 * @param seed of initial weights and shuffling, mixed with the decision number
 * @param scaling of features, from the training set's own statistics
 * @param features what becomes of features and labels
 * @param classWeights of the loss; empty: all classes the same
 * @param holdOut samples that are never trained on; empty: none
 * @param precision of forward and backward passes
 * @param checkpoint how often the training is saved on its way; empty: never
 * @param downsampling of the training set by the model; empty: all samples are trained on
 */
public record TrainingSpec(
    ModelSpec model,
    OptimizationSpec optimization,
    boolean usePreviousModel,
    Optional<InitialSpec> initial,
    int epochs,
    List<Long> samplesToPass,
    int batchSize,
    boolean shuffle,
    long seed,
    Scaling scaling,
    FeatureSpec features,
    Optional<ClassWeights> classWeights,
    Optional<HoldOutSpec> holdOut,
    Precision precision,
    Optional<CheckpointSpec> checkpoint,
    Optional<DownsamplingSpec> downsampling) {

  public TrainingSpec {
    requireNonNull(model, "model is null");
    requireNonNull(initial, "initial is null");
    requireNonNull(optimization, "optimization is null");
    requireNonNull(scaling, "scaling is null");
    requireNonNull(features, "features is null");
    requireNonNull(classWeights, "classWeights is null");
    requireNonNull(holdOut, "holdOut is null");
    requireNonNull(precision, "precision is null");
    requireNonNull(checkpoint, "checkpoint is null");
    samplesToPass = List.copyOf(samplesToPass);
    Fields.check(
        samplesToPass.stream().allMatch(samples -> samples > 0),
        "num-samples-to-pass",
        "positive",
        samplesToPass);
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
