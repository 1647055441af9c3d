package dev.penstock.schemas.spec.trigger.drift;

import dev.penstock.schemas.spec.check.Fields;
import java.time.Duration;

/** What drift is measured between. */
public sealed interface WindowsSpec {

  /** Whether a sample may be in both windows at once. */
  boolean allowOverlap();

  /**
   * Windows of so many samples, as Modyn's.
   *
   * @param amountRef samples of the reference window at most
   * @param amountCur samples of the current window at most
   */
  record Amount(long amountRef, long amountCur, boolean allowOverlap) implements WindowsSpec {

    /** Modyn's. */
    public static final Amount DEFAULTS = new Amount(1000, 1000, /* allowOverlap= */ false);

    public Amount {
      Fields.atLeast("amount-ref", amountRef, 1);
      Fields.atLeast("amount-cur", amountCur, 1);
    }
  }

  /**
   * Windows of so much slice time, as Modyn's.
   *
   * @param limitRef length of the reference window
   * @param limitCur length of the current window
   */
  record Time(Duration limitRef, Duration limitCur, boolean allowOverlap) implements WindowsSpec {

    public Time {
      Fields.atLeast("limit-ref", limitRef.toMillis(), 1);
      Fields.atLeast("limit-cur", limitCur.toMillis(), 1);
    }
  }
}
