package dev.penstock.schemas.spec.trigger;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Optional;

/**
 * How misclassifications are counted that a new model would have avoided.
 *
 * @param expectedAccuracy of a new model; empty: forecast from those before
 * @param allowReduction whether blocks that are better than expected make up for others
 */
public record AvoidableSpec(Optional<Double> expectedAccuracy, boolean allowReduction) {

  public AvoidableSpec {
    expectedAccuracy.ifPresent(
        value -> Fields.check(value >= 0 && value <= 1, "expected-accuracy", "in [0, 1]", value));
  }
}
