package dev.penstock.core.detector;

/** What a detector of increases does when its values significantly decrease. */
public enum Decrease {
  /** Nothing: it goes on comparing with what it saw, one-sided. */
  IGNORE,
  /** Starts anew without a word: a better level is the one to compare with from now on. */
  RESET,
  /** Says so, as of an increase: two-sided. */
  DETECT
}
