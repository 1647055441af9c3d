package dev.penstock.core.detector;

/** Which changes of a level are drifts. */
public enum Side {
  INCREASE,
  DECREASE,
  BOTH
}
