package dev.penstock.core.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Two samples for what compares whole rows: of the columns that have at least two usable values in
 * each, the rows in which all are. A column without values does not cost all rows.
 *
 * @param reference rows left
 * @param current rows left, of as many columns
 * @param columns that are left
 */
record CompleteRows(double[][] reference, double[][] current, int columns) {

  /** What is done to columns. */
  enum Scaling {
    /** Nothing. */
    NONE,
    /** They are divided by the reference's standard deviation, a constant one by nothing. */
    STANDARD
  }

  static CompleteRows of(double[][] reference, double[][] current, Scaling scaling) {
    int width = Math.min(width(reference), width(current));
    int[] columns =
        IntStream.range(0, width)
            .filter(k -> Columns.hasTwo(reference, k) && Columns.hasTwo(current, k))
            .toArray();
    CompleteRows rows =
        new CompleteRows(complete(reference, columns), complete(current, columns), columns.length);
    if (scaling == Scaling.STANDARD) {
      rows.standardize();
    }
    return rows;
  }

  /** Whether there is nothing to compare. */
  boolean lackRows(int least) {
    return columns == 0 || reference.length < least || current.length < least;
  }

  private static int width(double[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  private static double[][] complete(double[][] rows, int[] columns) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(columns).mapToDouble(k -> row[k]).toArray())
        .filter(row -> Arrays.stream(row).allMatch(Columns::isUsable))
        .toArray(double[][]::new);
  }

  private void standardize() {
    for (int k = 0; k < columns; k++) {
      double deviation = Columns.deviation(Columns.finite(reference, k));
      if (deviation > 0) {
        divide(reference, k, deviation);
        divide(current, k, deviation);
      }
    }
  }

  private static void divide(double[][] rows, int column, double deviation) {
    for (double[] row : rows) {
      row[column] /= deviation;
    }
  }
}
