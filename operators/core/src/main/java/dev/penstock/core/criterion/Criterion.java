package dev.penstock.core.criterion;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Judges one score after the other. What it says depends on its settings, the scores so far and
 * their slice times only; to calibrate it, let it judge scores and ignore what it says.
 */
public interface Criterion {

  /**
   * Judges the next score.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  Decision judge(double score);

  /**
   * Judges the next score, whose slice time matters to criteria that promise something per time.
   * Callers that know it call this one.
   *
   * @param sliceTimeMillis of the newest sample that the score is of; of one score after the other
   *     it never decreases
   * @throws IllegalArgumentException if the score is not finite
   */
  default Decision judge(double score, long sliceTimeMillis) {
    return judge(score);
  }

  /** Writes the state; the settings are not part of it. */
  void write(DataOutput out) throws IOException;

  /** Takes a state that a criterion of the same settings wrote, and goes on as that one would. */
  void read(DataInput in) throws IOException;
}
