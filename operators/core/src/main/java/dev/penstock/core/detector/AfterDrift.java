package dev.penstock.core.detector;

/** What becomes of a detector's window when it has said drift. */
public enum AfterDrift {
  /** It starts anew with the next value. */
  FORGET,
  /** Its newer part stays, which is of the new stream for the most. */
  KEEP_NEWER
}
