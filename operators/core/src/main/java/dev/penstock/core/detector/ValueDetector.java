package dev.penstock.core.detector;

/** Watches the level or distribution of a number: a loss, a score, a feature. */
public sealed interface ValueDetector extends Detector
    permits Adwin, Cusum, HddmA, HddmW, Kswin, PageHinkley {

  /**
   * Looks at the next value.
   *
   * @param value finite; a class may ask for more
   */
  Status add(double value);

  /**
   * This detector on the errors of a model, with the same state: a wrong answer is 1, a right 0.
   */
  default ErrorDetector onErrors() {
    return new ErrorsAsValues(this);
  }
}
