package dev.penstock.core.drift;

import dev.penstock.core.criterion.Direction;

/**
 * Scores how far current samples are from the reference. Rows are samples, columns features; it
 * holds no state and is safe for use by several threads.
 *
 * <p>Data never makes it throw. Cells that are not finite, or beyond ±1e100, are left out: where
 * columns are compared one by one, just these; where whole rows are, such a row. A column with
 * fewer than two values in a sample counts as not drifted, and so does all where fewer than two
 * rows are left (a classifier: four). Rows of a sample have one width. The same rows and seed give
 * the same bits on every machine.
 */
public interface DriftMeasure {

  /** A reference, with what depends on it alone. Not for use by several threads at once. */
  @FunctionalInterface
  interface Prepared {

    /**
     * Scores samples against the reference.
     *
     * @param current rows of as many columns, not changed
     * @param seed of what is drawn: the same samples and seed give the same score
     */
    Score measure(double[][] current, long seed);
  }

  /**
   * Prepares for current samples that are compared with one reference, one after the other.
   *
   * @param reference rows, which must not change while this is used
   */
  Prepared prepare(double[][] reference);

  /**
   * Scores samples once.
   *
   * @param reference rows, not changed
   * @param current rows of as many columns, not changed
   * @param seed of what is drawn: the same samples and seed give the same score
   */
  default Score measure(double[][] reference, double[][] current, long seed) {
    return prepare(reference).measure(current, seed);
  }

  /** Which values are bad. */
  Direction direction();
}
