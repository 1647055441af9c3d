package dev.penstock.core.selection.plan;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The same number of samples of every group, as far as they have them: of labels, of triggers, of
 * spans of time.
 *
 * <p>Water-filling: with target {@code t} and {@code m} groups the level is {@code floor(t / m)};
 * groups that are not above it give all they have and leave the rest of the target to the others,
 * for which the level rises, until none or all are below it. {@code O(m log m)}.
 *
 * <p>Agrees with Modyn, except where groups are of the same size: there it finds only the first of
 * them, so the level of the others is wrong.
 */
public final class BalancedShares {

  private BalancedShares() {}

  /**
   * The level: no group need give more for the target to be met as well as can be.
   *
   * @param sizes samples of each group, at least one group
   * @param target samples wanted
   * @throws IllegalArgumentException if there are no groups, or a number is negative
   */
  public static long level(long[] sizes, long target) {
    Require.check(sizes.length > 0, "groups", "at least 1", sizes.length);
    Require.atLeast("target", target, 0);
    long[] sorted = sizes.clone();
    Arrays.sort(sorted);
    Require.atLeast("group size", sorted[0], 0);
    long left = target;
    int below = 0;
    while (true) {
      long level = left / (sorted.length - below);
      int next = below;
      while (next < sorted.length && sorted[next] <= level) {
        next++;
      }
      if (next == below || next == sorted.length) {
        return level;
      }
      for (; below < next; below++) {
        left -= sorted[below];
      }
    }
  }

  /**
   * How many samples to take of each group.
   *
   * @param sizes samples of each group; none: nothing is taken
   * @param target samples wanted
   * @param seed decides which groups get one more, where that is needed
   */
  public static long[] of(long[] sizes, long target, Balance balance, long seed) {
    if (sizes.length == 0) {
      return new long[0];
    }
    long level = level(sizes, target);
    long most =
        balance == Balance.EQUAL ? Math.min(level, Arrays.stream(sizes).min().orElse(0)) : level;
    long[] shares = Arrays.stream(sizes).map(size -> Math.min(size, most)).toArray();
    if (balance == Balance.EXACT) {
      addOne(shares, sizes, target - Arrays.stream(shares).sum(), seed);
    }
    return shares;
  }

  /** To the groups of the lowest hashes, so that over many seeds no group is preferred. */
  private static void addOne(long[] shares, long[] sizes, long missing, long seed) {
    long stream = SampleHash.stream(seed, 0);
    IntStream.range(0, sizes.length)
        .filter(group -> sizes[group] > shares[group])
        .boxed()
        .sorted((a, b) -> Long.compareUnsigned(SampleHash.of(stream, a), SampleHash.of(stream, b)))
        .limit(missing)
        .forEach(group -> shares[group]++);
  }
}
