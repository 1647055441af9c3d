package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;

/**
 * The newest samples, in position order: all of the last group, then of the one before it, and so
 * on. What Modyn calls {@code lastX}, of the whole training set and not of each of its partitions.
 */
public final class NewestShares {

  private NewestShares() {}

  /**
   * How many of the newest samples to take of each group.
   *
   * @param sizes samples of each group, oldest group first
   * @param target samples wanted
   * @throws IllegalArgumentException if a number is negative
   */
  public static long[] of(long[] sizes, long target) {
    Require.atLeast("target", target, 0);
    long[] shares = new long[sizes.length];
    long left = target;
    for (int i = sizes.length - 1; i >= 0; i--) {
      Require.atLeast("group size", sizes[i], 0);
      shares[i] = Math.min(sizes[i], left);
      left -= shares[i];
    }
    return shares;
  }
}
