package dev.penstock.core.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last numbers of a series, at most as many as declared; constant time for each. */
public final class LastValues {

  private final double[] ring;
  private int size;

  /** Where the next number goes. */
  private int next;

  /**
   * Nothing yet.
   *
   * @param capacity numbers that are kept, at least 1
   * @throws IllegalArgumentException if it is less
   */
  public LastValues(int capacity) {
    Require.atLeast("window", capacity, 1);
    ring = new double[capacity];
  }

  /** Adds a number; the oldest leaves when there is no room. */
  public void add(double value) {
    ring[next] = value;
    next = (next + 1) % ring.length;
    size = Math.min(size + 1, ring.length);
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  /** A copy, oldest first. */
  public double[] toArray() {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = ring[Math.floorMod(next - size + i, ring.length)];
    }
    return values;
  }

  /** A copy, lowest first. */
  public double[] sorted() {
    double[] values = toArray();
    Arrays.sort(values);
    return values;
  }

  /** Mean of the numbers, added oldest first; NaN: there are none. */
  public double mean() {
    return mean(toArray());
  }

  /** Mean of numbers, added in their order; NaN: there are none. */
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  public void clear() {
    size = 0;
    next = 0;
  }

  /** Writes the numbers; the capacity is not part of it. */
  public void write(DataOutput out) throws IOException {
    double[] values = toArray();
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  /** Takes written numbers; of more than there is room for, the last ones. */
  public void read(DataInput in) throws IOException {
    clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      add(in.readDouble());
    }
  }
}
