package dev.penstock.core.criterion;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;

/**
 * Fires at a fixed threshold or beyond it: {@code score >= threshold}, mirrored for scores that are
 * worse when lower. As Modyn's threshold criterion (Böther et al.: Modyn, SIGMOD 2025). No state.
 */
public final class StaticThreshold implements Criterion {

  private final double threshold;
  private final Direction direction;

  /**
   * A criterion.
   *
   * @param threshold in the unit of the score; no default
   * @param direction which scores are bad
   * @throws IllegalArgumentException if the threshold is not finite
   */
  public StaticThreshold(double threshold, Direction direction) {
    Require.finite("threshold", threshold);
    this.threshold = threshold;
    this.direction = direction;
  }

  @Override
  public Decision judge(double score) {
    Require.finite("score", score);
    boolean fired = direction == Direction.HIGH ? score >= threshold : score <= threshold;
    return Decision.of(score, threshold, fired);
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
