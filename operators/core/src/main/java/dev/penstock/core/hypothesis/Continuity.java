package dev.penstock.core.hypothesis;

/** Whether a discrete statistic is moved by a half towards its mean before a continuous law. */
public enum Continuity {
  CORRECTED,
  UNCORRECTED
}
