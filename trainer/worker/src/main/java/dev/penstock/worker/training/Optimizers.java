package dev.penstock.worker.training;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.penstock.schemas.spec.OptimizerSpec;

/** Makes DJL's optimizers of their specs. */
final class Optimizers {

  private Optimizers() {}

  static Optimizer create(OptimizerSpec spec) {
    Tracker rate = Tracker.fixed((float) spec.learningRate());
    if (spec instanceof OptimizerSpec.Sgd sgd) {
      return Optimizer.sgd()
          .setLearningRateTracker(rate)
          .optMomentum((float) sgd.momentum())
          .optWeightDecays((float) sgd.weightDecay())
          .build();
    }
    if (spec instanceof OptimizerSpec.Adam adam) {
      return Optimizer.adam()
          .optLearningRateTracker(rate)
          .optWeightDecays((float) adam.weightDecay())
          .build();
    }
    if (spec instanceof OptimizerSpec.AdamW adamW) {
      return Optimizer.adamW()
          .optLearningRateTracker(rate)
          .optWeightDecays((float) adamW.weightDecay())
          .build();
    }
    throw new IllegalArgumentException("No optimizer for " + spec);
  }
}
