package dev.penstock.core.timeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Zigzag variable-length integers, as Avro and Protocol Buffers write them. */
public final class Varint {

  private Varint() {}

  /** Writes a number. */
  public static void write(DataOutput out, long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** Reads a number. */
  public static long read(DataInput in) throws IOException {
    long raw = 0;
    int shift = 0;
    byte next;
    do {
      next = in.readByte();
      raw |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (raw >>> 1) ^ -(raw & 1);
  }
}
