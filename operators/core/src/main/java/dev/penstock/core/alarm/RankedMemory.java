package dev.penstock.core.alarm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last numbers of a series, kept in the order of their size too: no sorting for each. */
final class RankedMemory {

  private final double[] ring;

  /** The same numbers, lowest first. */
  private final double[] ranked;

  private int size;

  /** Where the next number goes. */
  private int next;

  RankedMemory(int capacity) {
    ring = new double[capacity];
    ranked = new double[capacity];
  }

  int size() {
    return size;
  }

  /** Adds a number; the oldest leaves when there is no room. */
  void add(double value) {
    // Negative zero is found by its rank only as itself.
    double added = value + 0.0;
    if (size == ring.length) {
      int gone = Arrays.binarySearch(ranked, 0, size, ring[next]);
      System.arraycopy(ranked, gone + 1, ranked, gone, size - gone - 1);
      size--;
    }
    int found = Arrays.binarySearch(ranked, 0, size, added);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(ranked, place, ranked, place + 1, size - place);
    ranked[place] = added;
    size++;
    ring[next] = added;
    next = (next + 1) % ring.length;
  }

  /** The number at a rank from 0, the lowest. */
  double atRank(int rank) {
    return ranked[rank];
  }

  /** Writes the numbers, oldest first; the capacity is not part of it. */
  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(ring[Math.floorMod(next - size + i, ring.length)]);
    }
  }

  /** Takes written numbers; of more than there is room for, the last ones. */
  void read(DataInput in) throws IOException {
    size = 0;
    next = 0;
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      add(in.readDouble());
    }
  }
}
