package dev.penstock.core.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;

/**
 * Metrics of one slice beside the baselines that know the stream so far: test, then train. All are
 * over exactly the samples that a model scored.
 */
interface StreamMetrics {

  /** A sample that was scored. */
  void scored(double label, float predicted, float logLoss);

  /** Every labelled sample, after {@link #scored} if it was: the baselines learn it. */
  void learn(double label);

  /** The metrics by name; empty if nothing was scored. */
  SortedMap<String, Double> values();

  /** Begins the next slice; the baselines keep what they know. */
  void nextSlice();

  void write(DataOutput out) throws IOException;

  void read(DataInput in) throws IOException;
}
