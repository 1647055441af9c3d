package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides when to train, as a reducer: state in, state and answer out, no clock and no I/O. A
 * policy is asked with all samples that follow what it has seen; it looks as far as its next
 * answer, so that a policy that only counts need not see every sample.
 *
 * @param <S> immutable state
 */
public interface TriggerPolicy<S> {

  /** Type of the policy as in the pipeline's YAML. */
  String type();

  /** State at the start of the log. */
  S initialState();

  /**
   * Looks at the samples of {@code run}, which may be none, up to its next answer. What it answers
   * must not depend on how samples are cut into runs.
   */
  Step<S> step(S state, Run run);

  /** Writes a state. */
  void write(S state, DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote. */
  S read(DataInput in) throws IOException;

  /**
   * What became of a look at a run.
   *
   * @param state after it
   * @param samples of the run that have been seen: all of them if there is no answer
   * @param answer right after these samples
   */
  record Step<S>(S state, long samples, Optional<Answer> answer) {}
}
