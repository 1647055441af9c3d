package dev.penstock.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import dev.penstock.schemas.spec.OptimizerSpec;
import org.junit.jupiter.api.Test;

/** Steps of the engine's optimizers beside PyTorch's formulas, worked out in double precision. */
final class OptimizersITCase {

  private static final double RATE = 0.1;
  private static final double DECAY = 0.05;
  private static final double MOMENTUM = 0.9;
  private static final int STEPS = 5;

  /** One weight under one optimizer. */
  private interface Reference {
    double step(int step, double weight, double gradient);
  }

  @Test
  void sgdWithMomentumAndDecayFollowsPyTorch() {
    double[] velocity = {0};

    assertFollows(
        new OptimizerSpec.Sgd(RATE, MOMENTUM, DECAY),
        (step, weight, gradient) -> {
          velocity[0] = MOMENTUM * velocity[0] + gradient + DECAY * weight;
          return weight - RATE * velocity[0];
        });
  }

  @Test
  void plainSgdFollowsPyTorch() {
    assertFollows(
        new OptimizerSpec.Sgd(RATE, 0, DECAY),
        (step, weight, gradient) -> weight - RATE * (gradient + DECAY * weight));
  }

  @Test
  void adamAddsDecayToTheGradient() {
    double[] moments = {0, 0};

    assertFollows(
        new OptimizerSpec.Adam(RATE, DECAY),
        (step, weight, gradient) -> weight - adam(moments, step, gradient + DECAY * weight));
  }

  @Test
  void adamWShrinksWeightsByRateTimesDecay() {
    double[] moments = {0, 0};

    assertFollows(
        new OptimizerSpec.AdamW(RATE, DECAY),
        (step, weight, gradient) -> weight * (1 - RATE * DECAY) - adam(moments, step, gradient));
  }

  private static double adam(double[] moments, int step, double gradient) {
    moments[0] = 0.9 * moments[0] + 0.1 * gradient;
    moments[1] = 0.999 * moments[1] + 0.001 * gradient * gradient;
    double mean = moments[0] / (1 - Math.pow(0.9, step));
    double variance = moments[1] / (1 - Math.pow(0.999, step));
    return RATE * mean / (Math.sqrt(variance) + 1e-8);
  }

  private static void assertFollows(OptimizerSpec spec, Reference reference) {
    Optimizer optimizer = Optimizers.create(spec);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {2});
      weight.setRequiresGradient(/* requiresGrad= */ true);
      double expected = 2;
      for (int step = 1; step <= STEPS; step++) {
        float gradient = step % 2 == 0 ? -0.3f : 0.7f;
        optimizer.update("w", weight, manager.create(new float[] {gradient}));
        expected = reference.step(step, expected, gradient);
        assertThat((double) weight.getFloat())
            .as("weight after step %d", step)
            .isCloseTo(expected, within(2e-6));
      }
    }
  }
}
