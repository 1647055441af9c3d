package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Optional;

/** Never answers: the baseline of a model that is never trained again. */
record NeverPolicy() implements TriggerPolicy<NeverPolicy.State> {

  /** Nothing to remember. */
  record State() {}

  @Override
  public String type() {
    return "never";
  }

  @Override
  public State initialState() {
    return new State();
  }

  @Override
  public Step<State> step(State state, Run run) {
    return new Step<>(state, run.size(), Optional.empty());
  }

  @Override
  public void write(State state, DataOutput out) {
    // Nothing.
  }

  @Override
  public State read(DataInput in) {
    return new State();
  }
}
