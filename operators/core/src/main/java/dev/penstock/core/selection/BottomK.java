package dev.penstock.core.selection;

import java.util.Arrays;

/**
 * Thresholds for a uniform random choice of exactly k of n samples without replacement, made in
 * parts: the k samples of the lowest hashes are taken (bottom-k sampling; Cohen and Kaplan,
 * Summarizing Data Using Bottom-k Sketches, PODC 2007).
 *
 * <p>Since n is known, each part sends samples with a hash below {@code low} as they are, and those
 * between {@code low} and {@code high} as candidates, of which only as many are taken as are
 * missing. The number of hashes below {@code high = (k + z√k + z²)/n} is binomial; by Chernoff's
 * bound it is below k with probability exp(-z²/2) at most, 2·10⁻²² for z = 10.
 *
 * @param low hashes below it (unsigned) are taken, unless there are more than k of them
 * @param high hashes at or above it (unsigned) are not taken; 0: all are
 */
public record BottomK(long low, long high) {

  private static final double Z = 10;
  private static final double TWO_64 = 0x1p64;

  /** Takes everything. */
  static final BottomK ALL = new BottomK(0, 0);

  /** Thresholds for k of n. */
  public static BottomK of(long k, long n) {
    if (k >= n) {
      return ALL;
    }
    double spread = Z * Math.sqrt((double) k);
    return new BottomK(fraction((k - spread) / n), fraction((k + spread + Z * Z) / n));
  }

  /** Whether the hash is taken for sure, as long as there are not too many. */
  public boolean isLow(long hash) {
    return oneIfBelow(hash, low) == 1;
  }

  /** Whether the hash may be taken. */
  public boolean mayTake(long hash) {
    return high == 0 || oneIfBelow(hash, high) == 1;
  }

  /** Sets a bit of {@code words[i]} for each {@code hashes[i]} that {@link #isLow}. */
  void markLow(long[] hashes, int from, int to, int bit, long[] words) {
    mark(low, hashes, from, to, bit, words);
  }

  /** Sets a bit of {@code words[i]} for each {@code hashes[i]} that {@link #mayTake} says. */
  void markMayTake(long[] hashes, int from, int to, int bit, long[] words) {
    if (high == 0) {
      Arrays.fill(words, from, to, -1);
    } else {
      mark(high, hashes, from, to, bit, words);
    }
  }

  private static void mark(long threshold, long[] hashes, int from, int to, int bit, long[] words) {
    // Without a branch, which the processor could not foretell, the loop is vectorized.
    for (int i = from; i < to; i++) {
      words[i] |= oneIfBelow(hashes[i], threshold) << bit;
    }
  }

  /** The sign of the difference of halves: thresholds are even. */
  private static long oneIfBelow(long hash, long threshold) {
    return ((hash >>> 1) - (threshold >>> 1)) >>> (Long.SIZE - 1);
  }

  /** The hash below which the share of hashes is {@code fraction}; 0 for none, and for all. */
  private static long fraction(double fraction) {
    if (fraction <= 0 || fraction >= 1) {
      return 0;
    }
    double scaled = fraction * TWO_64;
    long half = (long) (scaled / 2);
    return half << 1;
  }
}
