package dev.penstock.core.criterion;

import java.util.OptionalDouble;

/**
 * What a criterion says.
 *
 * @param score that was judged
 * @param threshold that it was compared with; empty: there was none yet
 * @param fired a training is asked for
 */
public record Decision(double score, OptionalDouble threshold, boolean fired) {

  /** A score that was compared with a threshold. */
  public static Decision of(double score, double threshold, boolean fired) {
    return new Decision(score, OptionalDouble.of(threshold), fired);
  }

  /** Nothing is known that the score could be compared with, so that it fires. */
  static Decision first(double score) {
    return new Decision(score, OptionalDouble.empty(), /* fired= */ true);
  }
}
