package dev.penstock.schemas.spec.trigger.detector;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;

/**
 * A detector of drift in a stream, one sample at a time. What each does stands with its class in
 * {@code core.detector}; parameters and their defaults are that class's.
 */
public sealed interface DetectorSpec {

  /** Watches whether a model's answers are right. */
  sealed interface OfErrors extends DetectorSpec {}

  /** Watches any number; a model's errors as 1 and 0, too. */
  sealed interface OfValues extends DetectorSpec {}

  /**
   * A window that is cut where its older and newer part have different means.
   *
   * @param delta bound on the probability of a false alarm at a look
   * @param clock values from one look at the window to the next
   * @param maxBuckets of a row of the histogram before the oldest two become one
   * @param minPart values that each part must have
   * @param minWidth values that the window must exceed
   * @param side changes that are drifts
   * @param afterDrift what becomes of the window
   */
  record Adwin(
      double delta,
      int clock,
      int maxBuckets,
      int minPart,
      int minWidth,
      Side side,
      AfterDrift afterDrift)
      implements OfValues {

    public static final Adwin DEFAULTS =
        new Adwin(0.002, 32, 5, 5, 10, Side.BOTH, AfterDrift.FORGET);

    public Adwin {
      requireNonNull(side, "side is null");
      requireNonNull(afterDrift, "after-drift is null");
      Fields.inOpenUnitInterval("delta", delta);
      Fields.atLeast("clock", clock, 1);
      Fields.atLeast("max-buckets", maxBuckets, 2);
      Fields.atLeast("min-part", minPart, 1);
      Fields.atLeast("min-width", minWidth, 1);
    }
  }

  /**
   * An error rate that rises above its lowest level.
   *
   * @param minSamples the first answer that is judged
   * @param warningLevel standard deviations above the minimum
   * @param driftLevel standard deviations above the minimum
   */
  record Ddm(int minSamples, double warningLevel, double driftLevel) implements OfErrors {

    public static final Ddm DEFAULTS = new Ddm(29, 2, 3);

    public Ddm {
      Fields.atLeast("min-samples", minSamples, 1);
      Fields.positive("warning-level", warningLevel);
      Fields.positive("drift-level", driftLevel);
      Fields.above("drift-level", driftLevel, "warning-level", warningLevel);
    }
  }

  /**
   * Errors that come closer together.
   *
   * @param minSamples the first answer at which the highest level is kept
   * @param minErrors the first error that is judged
   * @param warningRatio of the highest level, below which is a warning
   * @param driftRatio of the highest level, below which is a drift
   */
  record Eddm(int minSamples, int minErrors, double warningRatio, double driftRatio)
      implements OfErrors {

    public static final Eddm DEFAULTS = new Eddm(30, 31, 0.95, 0.9);

    public Eddm {
      Fields.atLeast("min-samples", minSamples, 1);
      Fields.atLeast("min-errors", minErrors, 1);
      Fields.inUnitIntervalWithoutZero("warning-ratio", warningRatio);
      Fields.positive("drift-ratio", driftRatio);
      Fields.above("warning-ratio", warningRatio, "drift-ratio", driftRatio);
    }
  }

  /**
   * DDM that does not grow insensitive on a long stable stream.
   *
   * @param minSamples the first answer that is judged
   * @param warningLevel standard deviations above the minimum
   * @param driftLevel standard deviations above the minimum
   * @param maxConcept answers after which a stable concept is shortened
   * @param minConcept answers to which it is shortened
   * @param maxWarning answers after which a warning is a drift
   */
  record Rddm(
      int minSamples,
      double warningLevel,
      double driftLevel,
      int maxConcept,
      int minConcept,
      int maxWarning)
      implements OfErrors {

    public static final Rddm DEFAULTS = new Rddm(129, 1.773, 2.258, 40_000, 7_000, 1_400);

    public Rddm {
      Fields.atLeast("min-samples", minSamples, 1);
      Fields.positive("warning-level", warningLevel);
      Fields.positive("drift-level", driftLevel);
      Fields.above("drift-level", driftLevel, "warning-level", warningLevel);
      Fields.atLeast("min-concept", minConcept, 1);
      Fields.above("max-concept", maxConcept, "min-concept", minConcept);
      Fields.atLeast("max-warning", maxWarning, 1);
    }
  }

  /**
   * The mean of all answers against the mean up to a cut, by Hoeffding's bound.
   *
   * @param driftConfidence probability at which an increase is a drift
   * @param warningConfidence probability at which an increase is a warning
   * @param decrease what a decrease means
   */
  record HddmA(double driftConfidence, double warningConfidence, Decrease decrease)
      implements OfErrors {

    public static final HddmA DEFAULTS = new HddmA(0.001, 0.005, Decrease.RESET);

    public HddmA {
      requireNonNull(decrease, "decrease is null");
      Fields.inOpenUnitInterval("drift-confidence", driftConfidence);
      Fields.inOpenUnitInterval("warning-confidence", warningConfidence);
      Fields.above("warning-confidence", warningConfidence, "drift-confidence", driftConfidence);
    }
  }

  /**
   * The weighted mean since a cut against that up to it, by McDiarmid's bound.
   *
   * @param driftConfidence probability at which an increase is a drift
   * @param warningConfidence probability at which an increase is a warning
   * @param lambda weight of the newest answer
   * @param decrease what a decrease means
   */
  record HddmW(double driftConfidence, double warningConfidence, double lambda, Decrease decrease)
      implements OfErrors {

    public static final HddmW DEFAULTS = new HddmW(0.001, 0.005, 0.05, Decrease.IGNORE);

    public HddmW {
      requireNonNull(decrease, "decrease is null");
      Fields.inOpenUnitInterval("drift-confidence", driftConfidence);
      Fields.inOpenUnitInterval("warning-confidence", warningConfidence);
      Fields.above("warning-confidence", warningConfidence, "drift-confidence", driftConfidence);
      Fields.inOpenUnitInterval("lambda", lambda);
    }
  }

  /**
   * How far the sum of deviations from the mean has come.
   *
   * @param minSamples the first value that is judged
   * @param delta change that is tolerated, in units of the values
   * @param threshold of the sum, in units of the values
   * @param alpha what is kept of the sum at each value; 1 forgets nothing
   * @param side changes that are drifts
   * @param origin where the sum is measured from
   */
  record PageHinkley(
      int minSamples, double delta, double threshold, double alpha, Side side, Origin origin)
      implements OfValues {

    public static final PageHinkley DEFAULTS =
        new PageHinkley(29, 0.005, 50, 0.9999, Side.INCREASE, Origin.START);

    public PageHinkley {
      requireNonNull(side, "side is null");
      requireNonNull(origin, "origin is null");
      Fields.atLeast("min-samples", minSamples, 1);
      Fields.notNegative("delta", delta);
      Fields.positive("threshold", threshold);
      Fields.inUnitIntervalWithoutZero("alpha", alpha);
    }
  }

  /**
   * What values exceed their mean by, summed up and never below 0.
   *
   * @param minSamples the first value that is judged
   * @param delta change that is tolerated, in units of the values
   * @param lambda the sum's threshold, in units of the values
   */
  record Cusum(int minSamples, double delta, double lambda) implements OfValues {

    public static final Cusum DEFAULTS = new Cusum(29, 0.005, 50);

    public Cusum {
      Fields.atLeast("min-samples", minSamples, 1);
      Fields.notNegative("delta", delta);
      Fields.positive("lambda", lambda);
    }
  }

  /**
   * The last values of a window against as many drawn from those before, by the Kolmogorov-Smirnov
   * test.
   *
   * @param alpha significance level of each test
   * @param window values kept
   * @param recent of them, the last ones, at most half
   * @param afterDrift what becomes of the window
   */
  record Kswin(double alpha, int window, int recent, AfterDrift afterDrift) implements OfValues {

    public static final Kswin DEFAULTS = new Kswin(0.005, 100, 30, AfterDrift.KEEP_NEWER);

    public Kswin {
      requireNonNull(afterDrift, "after-drift is null");
      Fields.inOpenUnitInterval("alpha", alpha);
      Fields.atLeast("recent", recent, 1);
      Fields.check(window >= 2L * recent, "window", "at least twice recent " + recent, window);
    }
  }

  /**
   * A test of equal proportions of the last answers and all before them.
   *
   * @param window the last answers; as many older ones come before the first judgement
   * @param alphaDrift significance level of a drift
   * @param alphaWarning significance level of a warning
   * @param reading what is made of a negative statistic
   */
  record Stepd(int window, double alphaDrift, double alphaWarning, Reading reading)
      implements OfErrors {

    public static final Stepd DEFAULTS = new Stepd(30, 0.003, 0.05, Reading.SIGNED);

    public Stepd {
      requireNonNull(reading, "reading is null");
      Fields.atLeast("window", window, 1);
      Fields.inOpenUnitInterval("alpha-drift", alphaDrift);
      Fields.inOpenUnitInterval("alpha-warning", alphaWarning);
      Fields.above("alpha-warning", alphaWarning, "alpha-drift", alphaDrift);
    }
  }

  /** Which changes of a level are drifts. */
  enum Side {
    INCREASE,
    DECREASE,
    BOTH
  }

  /** What becomes of a detector's window when it has said drift. */
  enum AfterDrift {
    /** It starts anew with the next value. */
    FORGET,
    /** Its newer part stays. */
    KEEP_NEWER
  }

  /** What a detector of increases does when its answers become better. */
  enum Decrease {
    /** Nothing. */
    IGNORE,
    /** Starts anew without a word. */
    RESET,
    /** Says drift. */
    DETECT
  }

  /** Where Page-Hinkley's sum is measured from. */
  enum Origin {
    /** Its start, 0; it may pass to the other side. */
    START,
    /** 0, which it is kept from passing. */
    ZERO,
    /** Its extreme since the last drift. */
    EXTREME
  }

  /** What STEPD makes of a statistic that the correction for continuity made negative. */
  enum Reading {
    /** The rates differ by less than chance resolves. */
    SIGNED,
    /** It counts by its magnitude, as in MOA. */
    MAGNITUDE
  }
}
