package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;
import java.time.Duration;

/**
 * Groups of samples by their time, so that a busy hour does not drown a quiet one: equal spans that
 * start at multiples of their width since the epoch, whatever the samples.
 *
 * @param width of a span, at least a millisecond
 * @param spread what a span's share depends on
 */
public record TimeStrata(Duration width, Spread spread) {

  /** What a span's share depends on. */
  public enum Spread {
    /** Every span in which there are samples gives as many, as far as it has them. */
    EQUAL,
    /** Every span gives in proportion to its samples: stratified sampling, less by chance. */
    PROPORTIONAL
  }

  public TimeStrata {
    Require.check(width.toMillis() >= 1, "width", "at least 1 ms", width.toMillis());
  }

  /** Number of the span of a slice time; negative before the epoch. */
  public long stratum(long timeMillis) {
    return Math.floorDiv(timeMillis, width.toMillis());
  }

  /**
   * How many samples to take of each span; as many in all as wanted, if there are.
   *
   * @param sizes samples of each span
   */
  public long[] shares(long[] sizes, long target, long seed) {
    return spread == Spread.EQUAL
        ? BalancedShares.of(sizes, target, Balance.EXACT, seed)
        : ProportionalShares.of(sizes, target);
  }
}
