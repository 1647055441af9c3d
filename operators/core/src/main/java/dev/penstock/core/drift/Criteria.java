package dev.penstock.core.drift;

import dev.penstock.core.alarm.AlarmBudget;
import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.criterion.DynamicQuantile;
import dev.penstock.core.criterion.DynamicRollingAverage;
import dev.penstock.core.criterion.DynamicRollingAverage.Deviation;
import dev.penstock.core.criterion.Hysteresis;
import dev.penstock.core.criterion.PValueLevel;
import dev.penstock.core.criterion.StaticThreshold;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;

/** Makes criteria of their specs: the only place that knows both. */
public final class Criteria {

  private Criteria() {}

  /**
   * The criterion that {@code spec} declares, without a past.
   *
   * @param direction which scores are bad; of p-values lower ones, whatever it says
   * @throws IllegalArgumentException if the levels of a hysteresis are in the wrong order for it
   */
  public static Criterion of(CriterionSpec spec, Direction direction) {
    if (spec instanceof CriterionSpec.Threshold threshold) {
      return new StaticThreshold(threshold.threshold(), direction);
    }
    if (spec instanceof CriterionSpec.PValue pValue) {
      return new PValueLevel(pValue.alpha());
    }
    if (spec instanceof CriterionSpec.DynamicQuantile quantile) {
      return new DynamicQuantile(
          new DynamicQuantile.Settings(quantile.windowSize(), quantile.quantile(), direction));
    }
    if (spec instanceof CriterionSpec.DynamicRollingAverage average) {
      Deviation unit = average.absolute() ? Deviation.ABSOLUTE : Deviation.RELATIVE;
      return new DynamicRollingAverage(
          new DynamicRollingAverage.Settings(
              average.windowSize(), average.deviation(), unit, direction));
    }
    if (spec instanceof CriterionSpec.Hysteresis hysteresis) {
      return new Hysteresis(
          new Hysteresis.Settings(hysteresis.fire(), hysteresis.rearm(), direction));
    }
    if (spec instanceof CriterionSpec.Alarms alarms) {
      long periodMillis = alarms.budget().period().toMillis();
      return new AlarmBudget(
          new AlarmBudget.Settings(alarms.budget().alarms(), periodMillis, direction));
    }
    throw new IllegalArgumentException("No criterion for " + spec);
  }

  /**
   * What a criterion judges of a score: its p-value, if the criterion is a level of that.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static double judged(CriterionSpec spec, Score score) {
    return spec instanceof CriterionSpec.PValue
        ? score.pValue().orElseThrow(() -> new IllegalArgumentException("No p-value of " + score))
        : score.value();
  }
}
