package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Optional;

/** Never answers: the baseline of a model that is never trained again. */
public final class NeverPolicy implements TriggerPolicy {

  @Override
  public String type() {
    return "never";
  }

  @Override
  public Optional<Due> due(Run run) {
    return Optional.empty();
  }

  @Override
  public void see(Run run, long samples) {
    // Nothing to remember.
  }

  @Override
  public Answer answer() {
    throw new IllegalStateException("No answer is ever due");
  }

  @Override
  public void triggered(long number) {
    // Nothing to remember.
  }

  @Override
  public void write(DataOutput out) {
    // Nothing.
  }

  @Override
  public void read(DataInput in) {
    // Nothing.
  }
}
