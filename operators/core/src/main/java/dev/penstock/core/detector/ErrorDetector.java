package dev.penstock.core.detector;

/** Watches whether a model's answers are right. */
public sealed interface ErrorDetector extends Detector
    permits Ddm, Eddm, ErrorsAsValues, Rddm, Stepd {

  /**
   * Looks at the next answer.
   *
   * @param error whether the answer was wrong
   */
  Status add(boolean error);
}
