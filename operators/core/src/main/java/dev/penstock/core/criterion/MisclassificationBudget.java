package dev.penstock.core.criterion;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Fires when too many misclassifications since the last trigger could have been avoided.
 *
 * <p>The number of each block ({@link AvoidableMisclassifications}) is rounded, half to even, and
 * added; {@code sum >= budget} fires. The sum starts again on a trigger, whoever fired it. As
 * Modyn's static number of avoidable misclassifications (Böther et al.: Modyn, SIGMOD 2025).
 * Constant time and memory.
 */
public final class MisclassificationBudget {

  private final long budget;
  private final AvoidableMisclassifications avoidable;
  private long sum;

  /**
   * A criterion with nothing spent.
   *
   * @param budget misclassifications, at least 1; no default
   * @param avoidable how they are counted; by default against the forecast accuracy, and blocks
   *     that are better than expected do not make up for others
   * @throws IllegalArgumentException if the budget is less than 1
   */
  public MisclassificationBudget(long budget, AvoidableMisclassifications avoidable) {
    Require.atLeast("avoidable-misclassification-threshold", budget, 1);
    this.budget = budget;
    this.avoidable = avoidable;
  }

  /**
   * Adds a block and judges the sum, which is the score.
   *
   * @param samples of the block
   * @param misclassified of them
   * @param forecastAccuracy of a new model; not used where one is declared
   * @throws IllegalArgumentException as {@link AvoidableMisclassifications#estimate}
   */
  public Decision judge(long samples, long misclassified, OptionalDouble forecastAccuracy) {
    sum += (long) Math.rint(estimate(samples, misclassified, forecastAccuracy));
    return Decision.of((double) sum, (double) budget, sum >= budget);
  }

  private double estimate(long samples, long misclassified, OptionalDouble forecastAccuracy) {
    return avoidable.estimate((double) samples, (double) misclassified, forecastAccuracy);
  }

  /** Avoidable misclassifications since the last trigger. */
  public long sum() {
    return sum;
  }

  /** A training was triggered, by this criterion or another. */
  public void onTrigger() {
    sum = 0;
  }

  /** Writes the state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(sum);
  }

  /** Takes a state that a criterion of the same settings wrote, and goes on as that one would. */
  public void read(DataInput in) throws IOException {
    sum = in.readLong();
  }
}
