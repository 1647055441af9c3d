package dev.penstock.flink.block;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;

/** Zigzag variable-length integers in an array: faster than byte by byte through a view. */
final class VarintBuffer {

  private static final int MAX_BYTES = 10;

  private byte[] bytes;
  private int position;

  VarintBuffer(int capacity) {
    this.bytes = new byte[capacity];
  }

  static VarintBuffer read(DataInputView source, int size) throws IOException {
    VarintBuffer buffer = new VarintBuffer(size);
    source.readFully(buffer.bytes, 0, size);
    return buffer;
  }

  void put(long value) {
    if (position + MAX_BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  long next() {
    long raw = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      raw |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (raw >>> 1) ^ -(raw & 1);
  }

  int size() {
    return position;
  }

  byte[] array() {
    return bytes;
  }
}
