package dev.penstock.core.sampling;

import dev.penstock.core.stats.Require;
import java.util.Arrays;

/**
 * The {@code k} entries of the lowest keys of a stream, in {@code O(k)} memory and {@code O(log k)}
 * time for each; of equal keys, those of the lowest ids. Parts of a stream can be merged: which
 * entries remain depends neither on their order nor on the parts.
 */
public final class LowestKeys {

  private static final int RANK_BITS = 10;

  private final int capacity;

  /** A heap with its highest entry first. */
  private long[] keys = new long[16];

  private long[] ids = new long[16];
  private int size;

  /**
   * Nothing yet.
   *
   * @param capacity entries that remain, at least 0
   * @throws IllegalArgumentException if it is less
   */
  public LowestKeys(int capacity) {
    Require.atLeast("capacity", capacity, 0);
    this.capacity = capacity;
  }

  /** The indexes of the lowest keys, ascending. */
  public static int[] indexes(double[] keys, int count) {
    LowestKeys lowest = new LowestKeys(count);
    for (int i = 0; i < keys.length; i++) {
      lowest.add(key(keys[i]), i);
    }
    return lowest.indexes();
  }

  /**
   * The {@code rank}-th lowest key: {@code O(keys)} if they are spread evenly, as hashes are, else
   * a sort of those that are close to it.
   *
   * @param rank 1: the lowest
   */
  public static long ranked(long[] keys, int rank) {
    long min = Arrays.stream(keys).min().orElseThrow();
    long max = Arrays.stream(keys).max().orElseThrow();
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(max - min) - RANK_BITS);
    int[] counts = new int[1 << RANK_BITS];
    for (long key : keys) {
      counts[(int) ((key - min) >>> shift)]++;
    }
    int bucket = 0;
    int before = 0;
    while (before + counts[bucket] < rank) {
      before += counts[bucket++];
    }
    int found = bucket;
    long[] close =
        Arrays.stream(keys).filter(key -> (int) ((key - min) >>> shift) == found).toArray();
    Arrays.sort(close);
    return close[rank - before - 1];
  }

  /**
   * A key that is ordered as a number is.
   *
   * @throws IllegalArgumentException if the number is NaN
   */
  public static long key(double value) {
    Require.check(!Double.isNaN(value), "key", "a number", value);
    // Adding 0 turns -0 into 0, which equals it.
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /** The number that {@link #key(double)} made a key of. */
  public static double value(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }

  /** A key that is ordered as a hash is, unsigned. */
  public static long key(long hash) {
    return hash ^ Long.MIN_VALUE;
  }

  /**
   * Adds an entry.
   *
   * @param key signed
   */
  public void add(long key, long id) {
    if (size < capacity) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        ids = Arrays.copyOf(ids, 2 * size);
      }
      up(key, id);
    } else if (capacity > 0 && isBefore(key, id, keys[0], ids[0])) {
      down(key, id);
    }
  }

  /** Adds what remains of another part of the stream. */
  public void addAll(LowestKeys other) {
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.ids[i]);
    }
  }

  public int size() {
    return size;
  }

  /** Whether an entry that was, or will be, added is among the lowest so far. */
  public boolean holds(long key, long id) {
    return size < capacity || (capacity > 0 && !isBefore(keys[0], ids[0], key, id));
  }

  /** Whether an entry remains only in place of another. */
  public boolean isFull() {
    return size == capacity;
  }

  /**
   * The highest key that remains.
   *
   * @throws IllegalStateException if none does
   */
  public long highest() {
    if (size == 0) {
      throw new IllegalStateException("entries must be at least 1, got 0");
    }
    return keys[0];
  }

  /** Ids of what remains, ascending. */
  public long[] ids() {
    long[] sorted = Arrays.copyOf(ids, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The same of ids that are indexes. */
  public int[] indexes() {
    int[] indexes = new int[size];
    long[] sorted = ids();
    for (int i = 0; i < size; i++) {
      indexes[i] = Math.toIntExact(sorted[i]);
    }
    return indexes;
  }

  private void up(long key, long id) {
    int at = size++;
    while (at > 0 && isBefore(keys[(at - 1) / 2], ids[(at - 1) / 2], key, id)) {
      keys[at] = keys[(at - 1) / 2];
      ids[at] = ids[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    keys[at] = key;
    ids[at] = id;
  }

  /** In place of the highest entry. */
  private void down(long key, long id) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(keys[child], ids[child], keys[child + 1], ids[child + 1])) {
        child++;
      }
      if (!isBefore(key, id, keys[child], ids[child])) {
        break;
      }
      keys[at] = keys[child];
      ids[at] = ids[child];
      at = child;
    }
    keys[at] = key;
    ids[at] = id;
  }

  private static boolean isBefore(long key, long id, long otherKey, long otherId) {
    return key < otherKey || (key == otherKey && id < otherId);
  }
}
