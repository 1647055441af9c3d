package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Fires right after every n-th sample, as Modyn's DataAmountTrigger does (SIGMOD 2025).
 *
 * @param samples n
 */
record DataAmountPolicy(long samples) implements TriggerPolicy<DataAmountPolicy.State> {

  /**
   * What the policy remembers.
   *
   * @param seen samples since the last answer
   */
  record State(long seen) {}

  @Override
  public String type() {
    return "data-amount";
  }

  @Override
  public State initialState() {
    return new State(0);
  }

  @Override
  public Step<State> step(State state, Run run) {
    // More than enough may have been seen when a restored pipeline's amount was lowered.
    long missing = Math.max(0, samples - state.seen);
    if (run.size() < missing) {
      return new Step<>(new State(state.seen + run.size()), run.size(), Optional.empty());
    }
    long seen = state.seen + missing;
    Answer answer =
        Answer.fired(
            seen
                + " samples since the last trigger, "
                + (seen == samples ? "as declared" : samples + " declared"),
            new Measurement("samples", seen, samples));
    return new Step<>(initialState(), missing, Optional.of(answer));
  }

  @Override
  public void write(State state, DataOutput out) throws IOException {
    out.writeLong(state.seen);
  }

  @Override
  public State read(DataInput in) throws IOException {
    return new State(in.readLong());
  }
}
