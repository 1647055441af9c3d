package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Of every group in proportion to its size, exactly as many in all as wanted: the whole part of
 * {@code target * size / total}, and one more of the groups with the largest remainders (Hamilton's
 * method of apportionment), in case of a tie of the first. No group is off by a whole sample.
 */
public final class ProportionalShares {

  private ProportionalShares() {}

  /**
   * How many samples to take of each group.
   *
   * @param sizes samples of each group
   * @param target samples wanted; if there are not as many, all are taken
   * @throws IllegalArgumentException if a number is negative
   */
  public static long[] of(long[] sizes, long target) {
    Require.atLeast("target", target, 0);
    for (long size : sizes) {
      Require.atLeast("group size", size, 0);
    }
    long total = Arrays.stream(sizes).sum();
    if (target >= total) {
      return sizes.clone();
    }
    long[] shares = new long[sizes.length];
    long[] remainders = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      // The product of a day's samples and a target may be beyond 64 bits.
      BigInteger[] parts =
          BigInteger.valueOf(sizes[i])
              .multiply(BigInteger.valueOf(target))
              .divideAndRemainder(BigInteger.valueOf(total));
      shares[i] = parts[0].longValueExact();
      remainders[i] = parts[1].longValueExact();
    }
    IntStream.range(0, sizes.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingLong(group -> remainders[group]).reversed())
        .limit(target - Arrays.stream(shares).sum())
        .forEach(group -> shares[group]++);
    return shares;
  }
}
