package dev.penstock.core.sampling;

import java.util.stream.LongStream;

/**
 * A seeded 64-bit hash of a sample ref, in place of a random number: the same ref and seed give the
 * same value on every machine, so that a random choice can be made in parts and repeated.
 *
 * <p>Three rounds of SplitMix64's finalizer (Steele, Lea, Flood: Fast Splittable Pseudorandom
 * Number Generators, OOPSLA 2014; variant 13 of Stafford) over seed, partition and offset. The
 * finalizer is a bijection, so that the offsets of a partition never collide.
 */
public final class SampleHash {

  /** 2^64 divided by the golden ratio, odd: SplitMix64's increment. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final int STRIDE = Long.SIZE;
  private static final int MAX_STRIDES = 1024;

  /** What the strides add to the first offset's; an array, so that the loop is vectorized. */
  private static final long[] STEPS =
      LongStream.range(0, MAX_STRIDES).map(step -> step * STRIDE * GOLDEN).toArray();

  private SampleHash() {}

  /** What {@link #of} takes in place of seed and partition. */
  public static long stream(long seed, int partition) {
    return mix(mix(seed + GOLDEN) + (partition + 1L) * GOLDEN);
  }

  /** Hash of an offset; all 64 bits are uniform. */
  public static long of(long stream, long offset) {
    return mix(stream + offset * GOLDEN);
  }

  /**
   * Hashes of every 64th offset: those of {@code first + 64 i}, so that 64 calls make one bit each
   * of the words of a bitmap.
   *
   * @param from first i
   * @param to end of i, exclusive, at most 1024
   * @param hashes is overwritten at {@code [from, to)}
   */
  public static void ofEvery64th(long stream, long first, int from, int to, long[] hashes) {
    long base = stream + first * GOLDEN;
    for (int i = from; i < to; i++) {
      hashes[i] = mix(base + STEPS[i]);
    }
  }

  /** Seed of the {@code number}-th of several independent uses of a seed. */
  public static long derive(long seed, long number) {
    return mix(mix(seed) + number * GOLDEN);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
