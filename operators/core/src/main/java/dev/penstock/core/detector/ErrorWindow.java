package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last answers, one bit each: whether they were wrong. */
final class ErrorWindow {

  private final long[] bits;
  private final int capacity;
  private int size;
  private int next;
  private int errors;

  ErrorWindow(int capacity) {
    this.capacity = capacity;
    bits = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
  }

  /** Adds an answer; the oldest leaves if the window is full. */
  void add(boolean error) {
    if (size == capacity) {
      keepLast(capacity - 1);
    }
    long bit = 1L << next;
    bits[next / Long.SIZE] = error ? bits[next / Long.SIZE] | bit : bits[next / Long.SIZE] & ~bit;
    errors += error ? 1 : 0;
    next = next + 1 == capacity ? 0 : next + 1;
    size++;
  }

  /** Forgets all but the last answers. */
  void keepLast(int kept) {
    while (size > kept) {
      errors -= error(0) ? 1 : 0;
      size--;
    }
  }

  /** Whether the i-th of the answers was wrong, the oldest first. */
  boolean error(int i) {
    int position = next - size + i;
    position += position < 0 ? capacity : 0;
    return (bits[position / Long.SIZE] & (1L << position)) != 0;
  }

  int size() {
    return size;
  }

  int errors() {
    return errors;
  }

  boolean isFull() {
    return size == capacity;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(capacity);
    out.writeInt(size);
    out.writeInt(next);
    out.writeInt(errors);
    for (long word : bits) {
      out.writeLong(word);
    }
  }

  void read(DataInput in) throws IOException {
    int written = in.readInt();
    Require.check(
        written == capacity, "answers kept", "the " + written + " of the state", capacity);
    size = in.readInt();
    next = in.readInt();
    errors = in.readInt();
    for (int i = 0; i < bits.length; i++) {
      bits[i] = in.readLong();
    }
  }
}
