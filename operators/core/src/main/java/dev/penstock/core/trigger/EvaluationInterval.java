package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** Counts samples from one evaluation of a policy to the next. */
public final class EvaluationInterval {

  private final long interval;
  private long seen;

  /** An interval at its start. */
  public EvaluationInterval(long interval) {
    this.interval = interval;
  }

  /** When the next evaluation is due; empty: not in this run. */
  public Optional<Due> due(Run run) {
    // More than enough may have been seen when a restored pipeline's interval was lowered.
    long missing = Math.max(0, interval - seen);
    return run.size() < missing ? Optional.empty() : Optional.of(Due.after(missing));
  }

  /** Counts samples. */
  public void see(long samples) {
    seen += samples;
  }

  /** Begins anew. */
  public void next() {
    seen = 0;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(seen);
  }

  /** Takes a written state. */
  public void read(DataInput in) throws IOException {
    seen = in.readLong();
  }
}
