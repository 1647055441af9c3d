package dev.penstock.core.selection;

import java.util.Arrays;

/** A growing list of offsets, or of as many keys. */
final class OffsetList {

  private static final int MIN_CAPACITY = 256;

  private long[] offsets = new long[MIN_CAPACITY];
  private int size;

  void add(long offset) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    offsets[size++] = offset;
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
