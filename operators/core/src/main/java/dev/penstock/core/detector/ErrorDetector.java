package dev.penstock.core.detector;

/** Watches whether a model's answers are right. */
public non-sealed interface ErrorDetector extends Detector {

  /**
   * Looks at the next answer.
   *
   * @param error whether the answer was wrong
   */
  Status add(boolean error);
}
