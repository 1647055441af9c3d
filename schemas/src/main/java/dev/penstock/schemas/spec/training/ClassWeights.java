package dev.penstock.schemas.spec.training;

import dev.penstock.schemas.spec.check.Fields;
import java.util.List;

/** How much samples of each class count in the loss. */
public sealed interface ClassWeights {

  /**
   * n / (classes · n of the class), of the samples trained on: all classes count the same (King and
   * Zeng, 2001, as in scikit-learn).
   */
  record Balanced() implements ClassWeights {}

  /** One a class, in the order of the dataset's names. */
  record Given(List<Double> weights) implements ClassWeights {

    public Given {
      weights = List.copyOf(weights);
      Fields.check(
          weights.stream().allMatch(w -> w >= 0 && Double.isFinite(w))
              && weights.stream().anyMatch(w -> w > 0),
          "class-weights",
          "finite and not negative, one of them positive",
          weights);
    }
  }
}
