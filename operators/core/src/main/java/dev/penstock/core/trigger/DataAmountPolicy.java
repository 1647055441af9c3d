package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** Fires right after every n-th sample, as Modyn's DataAmountTrigger does (SIGMOD 2025). */
public final class DataAmountPolicy implements TriggerPolicy {

  private final long samples;

  /** Samples since the last answer. */
  private long seen;

  /** A policy at the start of the log. */
  public DataAmountPolicy(long samples) {
    this.samples = samples;
  }

  @Override
  public String type() {
    return "data-amount";
  }

  @Override
  public Optional<Due> due(Run run) {
    // More than enough may have been seen when a restored pipeline's amount was lowered.
    long missing = Math.max(0, samples - seen);
    return run.size() < missing ? Optional.empty() : Optional.of(Due.after(missing));
  }

  @Override
  public void see(Run run, long count) {
    seen += count;
  }

  @Override
  public Answer answer() {
    Answer answer =
        Answer.fired(
            seen
                + " samples since the last trigger, "
                + (seen == samples ? "as declared" : samples + " declared"),
            new Measurement("samples", seen, samples));
    seen = 0;
    return answer;
  }

  @Override
  public void triggered(long number) {
    // It counts from its own answers.
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(seen);
  }

  @Override
  public void read(DataInput in) throws IOException {
    seen = in.readLong();
  }
}
