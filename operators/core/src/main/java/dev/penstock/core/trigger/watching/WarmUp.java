package dev.penstock.core.trigger.watching;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.TriggerPolicy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * The start of a policy that must learn first: in its first evaluations another policy is asked,
 * and fires if it has anywhere in the block. As Modyn's warm-up trigger (SIGMOD 2025), but without
 * a policy there is no warm-up; Modyn then fails at the first block.
 */
public final class WarmUp {

  private final long intervals;
  private final TriggerPolicy policy;

  /** Evaluations so far, up to {@link #intervals}. */
  private long evaluations;

  private boolean vote;

  /** A warm-up of so many evaluations; 0: none. */
  public WarmUp(long intervals, TriggerPolicy policy) {
    this.intervals = intervals;
    this.policy = policy;
  }

  boolean isOver() {
    return evaluations >= intervals;
  }

  /** Sees the samples of a block, in one or more pieces. */
  void see(Run piece) {
    if (isOver()) {
      return;
    }
    Run rest = piece;
    while (true) {
      Optional<Due> due = policy.due(rest);
      policy.see(rest, due.map(Due::samples).orElse(rest.size()));
      if (due.isEmpty()) {
        return;
      }
      rest = rest.skip(due.get().samples());
      if (policy.answer().outcome() == Outcome.FIRED) {
        vote = true;
        policy.triggered(0);
      }
    }
  }

  /** Ends a block: whether the policy has fired in it. Not when it is over. */
  boolean next() {
    boolean fired = vote;
    vote = false;
    evaluations++;
    return fired;
  }

  /** Where it stands, in words. */
  String progress() {
    return "warm-up, evaluation " + evaluations + " of " + intervals;
  }

  String stateFormat() {
    return "warm-up of " + policy.stateFormat();
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(evaluations);
    out.writeBoolean(vote);
    policy.write(out);
  }

  void read(DataInput in) throws IOException {
    evaluations = in.readLong();
    vote = in.readBoolean();
    policy.read(in);
  }
}
