package dev.penstock.core.selection;

import java.util.Arrays;

/** A growing list of offsets, or of as many keys. */
final class OffsetList {

  private static final int MIN_CAPACITY = 256;

  private long[] offsets = new long[MIN_CAPACITY];
  private int size;

  void add(long offset) {
    makeRoom(1);
    offsets[size++] = offset;
  }

  /** Makes room for as many offsets; there is room for one more anyhow. */
  void makeRoom(int more) {
    if (size + more >= offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(2 * size, size + more + 1));
    }
  }

  /**
   * Adds an offset, for which there is room, if {@code count} is 1, and does nothing if it is 0:
   * without a branch, which a processor could not foretell.
   */
  void put(long offset, int count) {
    offsets[size] = offset;
    size += count;
  }

  int size() {
    return size;
  }

  /** The list's array, of which the first {@link #size} are offsets. */
  long[] array() {
    return offsets;
  }

  long[] toArray() {
    return Arrays.copyOf(offsets, size);
  }
}
