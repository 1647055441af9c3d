package dev.penstock.core.detector;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What detectors have in common. A detector that has said {@link Status#DRIFT} forgets its stream
 * when the next sample comes, not before, so that it can still be asked what it saw. What it says
 * depends on its settings and samples only.
 */
public sealed interface Detector permits ErrorDetector, ValueDetector {

  /**
   * What the detector takes for the current level of the stream: a mean, unless its class says
   * otherwise; 0 before the first sample.
   */
  double estimate();

  /** Forgets the stream. */
  void reset();

  /** Writes the state; the settings are not part of it. */
  void write(DataOutput out) throws IOException;

  /** Takes a state that a detector of the same settings wrote, and goes on as that one would. */
  void read(DataInput in) throws IOException;
}
