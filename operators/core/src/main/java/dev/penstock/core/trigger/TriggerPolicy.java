package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides when to train, as a function of its settings and of what it has seen: no clock and no
 * I/O. What is written and read again goes on as if nothing had happened.
 *
 * <p>It is asked how far it is to its next answer, is shown the samples up to there, and answers.
 * So a policy that only counts need not look at every sample, and one that is a member of another
 * never runs ahead of it.
 */
public interface TriggerPolicy {

  /** Type of the policy as in the pipeline's YAML. */
  String type();

  /** What its state is of: a policy takes states of its own format only. */
  default String stateFormat() {
    return type();
  }

  /**
   * When the next answer is due; empty: not in this run. Changes nothing. Must not depend on how
   * samples are cut into runs.
   *
   * @param run all samples that follow what the policy has seen; there may be none
   */
  Optional<Due> due(Run run);

  /**
   * Sees the first samples of a run.
   *
   * @param run as in {@link #due}
   * @param samples as many as are due, or less; all if none is due
   */
  void see(Run run, long samples);

  /** The answer that is due right after what has been seen, and no other before that is due. */
  Answer answer();

  /**
   * A training was triggered right here: by this policy, or by another despite it.
   *
   * @param number of the trigger in its pipeline; 0: there is nothing to train
   */
  void triggered(long number);

  /** Writes the state; the settings are not part of it. */
  void write(DataOutput out) throws IOException;

  /** Takes a state that a policy of the same format wrote. */
  void read(DataInput in) throws IOException;
}
