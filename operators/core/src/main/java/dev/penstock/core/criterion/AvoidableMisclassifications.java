package dev.penstock.core.criterion;

import dev.penstock.core.stats.Require;
import java.util.OptionalDouble;

/**
 * How many of a block's misclassifications a newly trained model would have avoided.
 *
 * <p>{@code misclassified - (1 - accuracy) * samples}, where {@code accuracy} is what a new model
 * is expected to reach. As Modyn estimates it (Böther et al.: Modyn, SIGMOD 2025).
 *
 * @param expectedAccuracy of a new model, in [0, 1]; empty: as is forecast
 * @param reduction what becomes of a block that is better than expected
 */
public record AvoidableMisclassifications(OptionalDouble expectedAccuracy, Reduction reduction) {

  /** What becomes of a block that is better than expected. */
  public enum Reduction {
    /** It makes up for others: its number is negative. */
    ALLOWED,
    /** It counts nothing. */
    REFUSED
  }

  public AvoidableMisclassifications {
    expectedAccuracy.ifPresent(accuracy -> Require.inUnitInterval("expected-accuracy", accuracy));
  }

  /**
   * The number of a block.
   *
   * @param samples of the block
   * @param misclassified of them, counted or forecast
   * @param forecastAccuracy of a new model, where none is declared; if it is empty too, nothing is
   *     known to be avoidable, and the number is 0 (Modyn fails an assertion)
   * @throws IllegalArgumentException if a number is negative or a forecast not in [0, 1]
   */
  public double estimate(double samples, double misclassified, OptionalDouble forecastAccuracy) {
    Require.notNegative("samples", samples);
    Require.notNegative("misclassified", misclassified);
    forecastAccuracy.ifPresent(accuracy -> Require.inUnitInterval("forecast-accuracy", accuracy));
    OptionalDouble accuracy = expectedAccuracy.isPresent() ? expectedAccuracy : forecastAccuracy;
    if (accuracy.isEmpty()) {
      return 0;
    }
    double avoidable = misclassified - (1 - accuracy.getAsDouble()) * samples;
    return reduction == Reduction.ALLOWED ? avoidable : Math.max(avoidable, 0);
  }
}
