package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;

/**
 * A memory of all samples so far in which every class has the same room, as far as it needs it.
 *
 * <p>With one class it is a reservoir: a uniform choice of all samples so far (Vitter: Random
 * Sampling with a Reservoir, ACM Transactions on Mathematical Software 11, 1985). With several, the
 * largest classes give way to the others (Chrysakis, Moens: Online Continual Learning from
 * Imbalanced Data, ICML 2020). Since a class's room never grows once its samples exceed it, the
 * lowest hashes so far are all that need be remembered of it: memory of the capacity, but for one
 * sample a class.
 *
 * @param capacity samples, at least 1
 */
public record ReplayBuffer(long capacity) {

  public ReplayBuffer {
    Require.atLeast("capacity", capacity, 1);
  }

  /**
   * How many samples are held of each class.
   *
   * @param sizes samples of each class so far; a class always has the same index
   * @param seed of the pipeline, the same at all times
   */
  public long[] shares(long[] sizes, long seed) {
    return BalancedShares.of(sizes, capacity, Balance.EXACT, seed);
  }
}
