package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;

/** Counts samples from one evaluation of a policy to the next. */
final class EvaluationInterval {

  private final long interval;
  private long seen;

  EvaluationInterval(long interval) {
    this.interval = interval;
  }

  OptionalLong due(Run run) {
    // More than enough may have been seen when a restored pipeline's interval was lowered.
    long missing = Math.max(0, interval - seen);
    return run.size() < missing ? OptionalLong.empty() : OptionalLong.of(missing);
  }

  void see(long samples) {
    seen += samples;
  }

  void next() {
    seen = 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(seen);
  }

  void read(DataInput in) throws IOException {
    seen = in.readLong();
  }
}
