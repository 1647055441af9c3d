package dev.penstock.core.selection.plan;

/**
 * What balanced shares do where groups are smaller than their share, or the target is no multiple.
 */
public enum Balance {
  /** No group gets more than the fair share; what the division leaves over is not taken. */
  FAIR,
  /**
   * All groups get the same, so as many as the smallest has: Modyn's {@code
   * force-column-balancing}.
   */
  EQUAL,
  /**
   * As many in all as wanted, for which groups get one more than the fair share: Modyn's {@code
   * force-required-target-size}, whose cut by time would take all of it from the newest samples.
   */
  EXACT
}
