package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;

/**
 * Random samples over many triggers, in passes in which none is taken twice.
 *
 * <p>Candidates are the samples that were not taken in this pass. When there are fewer than wanted,
 * all of them are taken, the others give what is missing, and this trigger completes the pass; what
 * it takes counts as taken in the next one. So every sample is taken from one such trigger to the
 * next, both included. Modyn's random presampling without replacement.
 *
 * @param lastComplete trigger that completed the last pass; 0 before there was one
 */
public record NoReplacement(long lastComplete) {

  /** What {@link #isCandidate} takes for a sample that was never taken. */
  public static final long NEVER = -1;

  /** Before the first trigger. */
  public static final NoReplacement START = new NoReplacement(0);

  public NoReplacement {
    Require.atLeast("last complete trigger", lastComplete, 0);
  }

  /**
   * How many samples to take at a trigger.
   *
   * @param candidates of the candidates
   * @param others of the others
   * @param next for the triggers after it
   */
  public record Step(long candidates, long others, NoReplacement next) {}

  /**
   * Whether a sample is a candidate.
   *
   * @param lastTaken trigger that took it last, or {@link #NEVER}
   */
  public boolean isCandidate(long lastTaken) {
    return lastTaken < lastComplete;
  }

  /**
   * What to take at a trigger.
   *
   * @param trigger its number
   * @param target samples wanted
   * @param candidates that there are
   * @param others that there are
   * @throws IllegalArgumentException if a number is negative
   */
  public Step take(long trigger, long target, long candidates, long others) {
    Require.atLeast("target", target, 0);
    Require.atLeast("candidates", candidates, 0);
    Require.atLeast("others", others, 0);
    if (candidates >= target) {
      return new Step(target, 0, this);
    }
    return new Step(candidates, Math.min(others, target - candidates), new NoReplacement(trigger));
  }
}
