package dev.penstock.core.window;

/** Whether a sample may be in the current and the reference window at once. */
public enum Overlap {
  /** A trigger moves the current window into the reference. */
  NONE,
  /** A trigger copies what has come since the last one into the reference; current stays. */
  ALLOWED
}
