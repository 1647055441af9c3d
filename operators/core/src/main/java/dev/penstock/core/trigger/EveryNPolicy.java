package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Fires at every n-th evaluation and holds at the others: the baseline that looks as often as a
 * policy that measures, and measures nothing.
 *
 * @param n evaluations from one trigger to the next
 * @param interval samples from one evaluation to the next
 */
record EveryNPolicy(long n, long interval) implements TriggerPolicy<EveryNPolicy.State> {

  /**
   * What the policy remembers.
   *
   * @param seen samples since the last evaluation
   * @param evaluations since the last trigger
   */
  record State(long seen, long evaluations) {}

  @Override
  public String type() {
    return n == 1 ? "always" : "every-n";
  }

  @Override
  public State initialState() {
    return new State(0, 0);
  }

  @Override
  public Step<State> step(State state, Run run) {
    long missing = Math.max(0, interval - state.seen);
    if (run.size() < missing) {
      State next = new State(state.seen + run.size(), state.evaluations);
      return new Step<>(next, run.size(), Optional.empty());
    }
    long evaluations = state.evaluations + 1;
    Measurement measurement = new Measurement("evaluations", evaluations, n);
    String reason = evaluations + " of " + n + " evaluations since the last trigger";
    return evaluations >= n
        ? new Step<>(initialState(), missing, Optional.of(Answer.fired(reason, measurement)))
        : new Step<>(
            new State(0, evaluations), missing, Optional.of(Answer.held(reason, measurement)));
  }

  @Override
  public void write(State state, DataOutput out) throws IOException {
    out.writeLong(state.seen);
    out.writeLong(state.evaluations);
  }

  @Override
  public State read(DataInput in) throws IOException {
    return new State(in.readLong(), in.readLong());
  }
}
