package dev.penstock.core.trigger.watching;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Samples of a block: how many, and the slice times of the first and the last. */
final class BlockTimes {

  private long samples;
  private long first;
  private long last;

  void see(long time) {
    if (samples == 0) {
      first = time;
    }
    last = time;
    samples++;
  }

  long samples() {
    return samples;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  void clear() {
    samples = 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(first);
    out.writeLong(last);
  }

  void read(DataInput in) throws IOException {
    samples = in.readLong();
    first = in.readLong();
    last = in.readLong();
  }
}
