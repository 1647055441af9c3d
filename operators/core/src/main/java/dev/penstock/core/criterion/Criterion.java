package dev.penstock.core.criterion;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Judges one score after the other. What it says depends on its settings and the scores so far
 * only; to calibrate it, let it judge scores and ignore what it says.
 */
public sealed interface Criterion
    permits StaticThreshold, DynamicQuantile, DynamicRollingAverage, Hysteresis {

  /**
   * Judges the next score.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  Decision judge(double score);

  /** Writes the state; the settings are not part of it. */
  void write(DataOutput out) throws IOException;

  /** Takes a state that a criterion of the same settings wrote, and goes on as that one would. */
  void read(DataInput in) throws IOException;
}
