package dev.penstock.core.selection.plan;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.stats.Require;
import java.util.OptionalLong;

/**
 * Size of a training set: a share of the samples in sight, but not more than a limit.
 *
 * @param ratio share of them
 * @param limit of the whole training set, not negative; empty: none. Modyn's limit is of each of
 *     its partitions, which is not what it is for
 */
public record TargetSize(Ratio ratio, OptionalLong limit) {

  public TargetSize {
    limit.ifPresent(value -> Require.atLeast("limit", value, 0));
  }

  /**
   * The size of a set of so many samples.
   *
   * @throws IllegalArgumentException if they are negative
   */
  public long of(long samples) {
    return Math.min(ratio.share(samples), limit.orElse(Long.MAX_VALUE));
  }
}
