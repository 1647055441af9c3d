package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;
import java.util.OptionalLong;

/**
 * A mix of samples that were never trained on and of those that were, by a fixed ratio.
 *
 * <p>With {@code U} unused and {@code S} used samples, a set of the ratio {@code r} percent can
 * have {@code floor(100 U / r)} samples at most before the unused are exhausted, and {@code
 * floor(100 S / (100 - r))} before the used are. The smaller of the two is its size, and the group
 * that bounds it is taken in whole. A limit below that size is divided by the ratio, {@code
 * floor(limit r / 100)} of it unused; both groups have as many. As long as nothing was used, only
 * unused samples are taken. Modyn's freshness strategy, in whole numbers.
 *
 * @param unusedPercent from 1 to 99
 * @param limit of the training set, not negative; empty: none
 */
public record FreshnessShares(int unusedPercent, OptionalLong limit) {

  private static final int PERCENT = 100;

  public FreshnessShares {
    Require.check(
        unusedPercent >= 1 && unusedPercent < PERCENT,
        "unused-data-ratio",
        "from 1 to 99",
        unusedPercent);
    limit.ifPresent(value -> Require.atLeast("limit", value, 0));
  }

  /**
   * How many samples to take.
   *
   * @param unused samples that were never trained on
   * @param used samples that were
   */
  public record Mix(long unused, long used) {

    public long size() {
      return unused + used;
    }
  }

  /**
   * The mix of what there is.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Mix of(long unused, long used) {
    Require.atLeast("unused", unused, 0);
    Require.atLeast("used", used, 0);
    long most = limit.orElse(Long.MAX_VALUE);
    if (used == 0) {
      return new Mix(Math.min(unused, most), 0);
    }
    long byUnused = PERCENT * unused / unusedPercent;
    long byUsed = PERCENT * used / (PERCENT - unusedPercent);
    long size = Math.min(byUnused, byUsed);
    if (size > most) {
      long limited = most / PERCENT * unusedPercent + most % PERCENT * unusedPercent / PERCENT;
      return new Mix(limited, most - limited);
    }
    return byUnused > byUsed ? new Mix(size - used, used) : new Mix(unused, size - unused);
  }
}
