package dev.penstock.core.selection.plan;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;
import java.util.Arrays;

/**
 * How many samples of a uniform choice without replacement fall to each partition: dealt like the
 * hands of a shuffled deck, so that with each partition's own lowest hashes the choice is uniform
 * over all samples, although no partition knows another's hashes.
 *
 * <p>One draw a sample of the smaller of the choice and its complement, in whole numbers: {@code
 * O(min(k, n - k) * partitions)}.
 */
public final class PartitionQuotas {

  private PartitionQuotas() {}

  /**
   * The quotas.
   *
   * @param sizes samples by partition
   * @param wanted at most all of them
   * @throws IllegalArgumentException if more are wanted, or a number is negative
   */
  public static long[] of(long[] sizes, long wanted, long seed) {
    long total = Arrays.stream(sizes).sum();
    Require.check(
        wanted >= 0 && wanted <= total, "wanted", "from 0 to the samples " + total, wanted);
    if (wanted > total / 2) {
      long[] left = drawn(sizes, total - wanted, total, seed);
      long[] quotas = sizes.clone();
      for (int partition = 0; partition < quotas.length; partition++) {
        quotas[partition] -= left[partition];
      }
      return quotas;
    }
    return drawn(sizes, wanted, total, seed);
  }

  private static long[] drawn(long[] sizes, long wanted, long total, long seed) {
    long stream = SampleHash.stream(seed, 0);
    long[] left = sizes.clone();
    long[] drawn = new long[sizes.length];
    for (long i = 0; i < wanted; i++) {
      // The high half of a product is uniform below the factor, off by less than 2^-64 of it.
      long rank = Math.multiplyHigh(SampleHash.of(stream, i) >>> 1, (total - i) << 1);
      int partition = 0;
      while (rank >= left[partition]) {
        rank -= left[partition++];
      }
      left[partition]--;
      drawn[partition]++;
    }
    return drawn;
  }
}
