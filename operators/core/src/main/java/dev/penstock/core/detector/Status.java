package dev.penstock.core.detector;

/** What a detector says after a sample. */
public enum Status {
  /** Nothing points to a drift. */
  STABLE,
  /** A drift may be under way; a detector may leave this again without one. */
  WARNING,
  /** The stream has changed; the detector starts anew with the next sample. */
  DRIFT
}
