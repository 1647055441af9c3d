package dev.penstock.core.vote;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Votes of an ensemble's members since its last trigger.
 *
 * <p>A member that has fired keeps its vote until the ensemble fires; then all votes are cleared,
 * those at the same position with them. The rule is asked when a vote is new. As Modyn's ensemble
 * trigger (Böther et al.: Modyn, SIGMOD 2025), but every declared member counts from the start:
 * Modyn counts only members that have fired before its first trigger, so that one vote is a
 * majority there.
 */
public final class EnsembleVotes {

  private final VoteRule rule;
  private final boolean[] votes;

  /** What became of the votes at a position. */
  public enum Outcome {
    /** No vote is new: the rule was not asked. */
    UNCHANGED,
    /** The votes do not suffice yet. */
    WAITING,
    /** The ensemble has fired and its votes are cleared. */
    FIRED
  }

  /**
   * No votes yet.
   *
   * @param members of the ensemble, at least 1
   * @param rule when their votes suffice
   * @throws IllegalArgumentException if there is no member
   */
  public EnsembleVotes(int members, VoteRule rule) {
    Require.atLeast("members", members, 1);
    this.rule = rule;
    this.votes = new boolean[members];
  }

  /**
   * Adds what the members say at one position.
   *
   * @param fired by member, in their order
   * @throws IllegalArgumentException if there are not as many answers as members
   */
  public Outcome add(boolean[] fired) {
    String demand = "of every member, " + votes.length;
    Require.check(fired.length == votes.length, "answers", demand, fired.length);
    boolean changed = false;
    for (int i = 0; i < votes.length; i++) {
      changed |= fired[i] && !votes[i];
      votes[i] |= fired[i];
    }
    if (!changed) {
      return Outcome.UNCHANGED;
    }
    if (!rule.suffice(votes.clone())) {
      return Outcome.WAITING;
    }
    Arrays.fill(votes, /* val= */ false);
    return Outcome.FIRED;
  }

  /** A copy of the votes, in the members' order. */
  public boolean[] votes() {
    return votes.clone();
  }

  /** Writes the votes; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    for (boolean vote : votes) {
      out.writeBoolean(vote);
    }
  }

  /** Takes votes that an ensemble of as many members wrote. */
  public void read(DataInput in) throws IOException {
    for (int i = 0; i < votes.length; i++) {
      votes[i] = in.readBoolean();
    }
  }
}
