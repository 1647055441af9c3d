package dev.penstock.schemas.spec.trigger;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;

/**
 * How it is forecast what models reach.
 *
 * @param dataDensityWindowSize blocks over which samples a second are averaged
 * @param performanceTriggersWindowSize trainings after which the accuracy is remembered
 * @param method by which
 */
public record OutlookSpec(
    int dataDensityWindowSize, int performanceTriggersWindowSize, ForecastingMethod method) {

  /** Modyn's. */
  public static final OutlookSpec DEFAULTS =
      new OutlookSpec(20, 10, ForecastingMethod.RIDGE_REGRESSION);

  /** How the next of a series is found. */
  public enum ForecastingMethod {
    RIDGE_REGRESSION,
    ROLLING_AVERAGE
  }

  public OutlookSpec {
    requireNonNull(method, "forecasting-method is null");
    Fields.atLeast("data-density-window-size", dataDensityWindowSize, 1);
    Fields.atLeast("performance-triggers-window-size", performanceTriggersWindowSize, 1);
  }
}
