package dev.penstock.core.criterion;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;

/**
 * Fires when a p-value is below a level, {@code p < alpha}: its scores are p-values, lower is
 * worse. No state.
 */
public final class PValueLevel implements Criterion {

  private final double alpha;

  /**
   * A criterion.
   *
   * @param alpha chance of firing without drift, in (0, 1); 0.05 is common
   * @throws IllegalArgumentException if it is not
   */
  public PValueLevel(double alpha) {
    Require.inOpenUnitInterval("alpha", alpha);
    this.alpha = alpha;
  }

  @Override
  public Decision judge(double score) {
    Require.inUnitInterval("p-value", score);
    return Decision.of(score, alpha, score < alpha);
  }

  @Override
  public void write(DataOutput out) {
    // There is no state.
  }

  @Override
  public void read(DataInput in) {
    // There is no state.
  }
}
