package dev.penstock.schemas.spec.trigger.drift;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.time.Duration;

/** When a score asks for a training. */
public sealed interface CriterionSpec {

  /** Which scores are bad: which way a criterion looks. */
  enum Worse {
    HIGHER,
    LOWER
  }

  /**
   * Whether it compares scores with past ones, and so should judge some before what it says counts.
   */
  boolean needsCalibration();

  /**
   * A fixed threshold.
   *
   * @param threshold in the unit of the score; reaching it fires
   */
  record Threshold(double threshold) implements CriterionSpec {

    public Threshold {
      checkFinite("threshold", threshold);
    }

    @Override
    public boolean needsCalibration() {
      return false;
    }
  }

  /**
   * A level of the p-value instead of the score.
   *
   * @param alpha below which the p-value fires, in (0, 1)
   */
  record PValue(double alpha) implements CriterionSpec {

    public PValue {
      checkShare("alpha", alpha);
    }

    @Override
    public boolean needsCalibration() {
      return false;
    }
  }

  /**
   * A quantile of the last scores.
   *
   * @param windowSize scores that are remembered
   * @param quantile share of the scores that count as bad, in (0, 1)
   */
  record DynamicQuantile(int windowSize, double quantile) implements CriterionSpec {

    public DynamicQuantile {
      checkWindowSize(windowSize);
      checkShare("quantile", quantile);
    }

    @Override
    public boolean needsCalibration() {
      return true;
    }
  }

  /**
   * A deviation from the mean of the last scores.
   *
   * @param windowSize scores that are remembered
   * @param deviation from their mean at which to fire
   * @param absolute whether the deviation is in the unit of the score, else a share of the mean
   */
  record DynamicRollingAverage(int windowSize, double deviation, boolean absolute)
      implements CriterionSpec {

    public DynamicRollingAverage {
      checkWindowSize(windowSize);
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "deviation must be finite and not negative, got " + deviation);
      }
    }

    @Override
    public boolean needsCalibration() {
      return true;
    }
  }

  /**
   * Fires once beyond one level and not again before the score is back before another.
   *
   * @param fire beyond which it fires
   * @param rearm before which it is armed again; not beyond {@code fire}
   */
  record Hysteresis(double fire, double rearm) implements CriterionSpec {

    public Hysteresis {
      checkFinite("fire", fire);
      checkFinite("rearm", rearm);
    }

    @Override
    public boolean needsCalibration() {
      return false;
    }

    /**
     * Demands that the levels are in order.
     *
     * @throws IllegalArgumentException if {@code rearm} is beyond {@code fire}
     */
    public void requireOrder(String field, Worse worse) {
      if (worse == Worse.HIGHER ? rearm > fire : rearm < fire) {
        throw new IllegalArgumentException(
            "%s must have rearm %s fire where %s scores are worse, got rearm %s and fire %s"
                .formatted(
                    field,
                    worse == Worse.HIGHER ? "at most" : "at least",
                    YamlMap.kebab(worse),
                    rearm,
                    fire));
      }
    }
  }

  /**
   * A threshold that is learned from the scores so that no more alarms are false than declared.
   *
   * @param budget false alarms that are expected in a period, written {@code 1 per 30d}
   */
  record Alarms(Budget budget) implements CriterionSpec {

    public Alarms {
      requireNonNull(budget, "budget is null");
    }

    @Override
    public boolean needsCalibration() {
      return true;
    }
  }

  /**
   * False alarms in a period.
   *
   * @param alarms at least 1
   * @param period of slice time
   */
  record Budget(long alarms, Duration period) {

    public Budget {
      requireNonNull(period, "period is null");
      if (alarms < 1) {
        throw new IllegalArgumentException("budget must be at least 1 alarm, got " + alarms);
      }
      if (period.toMillis() < 1) {
        throw new IllegalArgumentException(
            "budget must be of a period of at least 1 ms, got " + period);
      }
    }

    /** As it is written in a pipeline file. */
    @Override
    public String toString() {
      return alarms + " per " + DurationText.write(period);
    }
  }

  private static void checkFinite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field + " must be finite, got " + value);
    }
  }

  private static void checkShare(String field, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(field + " must be in (0, 1), got " + value);
    }
  }

  private static void checkWindowSize(int windowSize) {
    if (windowSize < 1) {
      throw new IllegalArgumentException("window-size must be positive, got " + windowSize);
    }
  }
}
