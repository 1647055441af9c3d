package dev.penstock.core.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A reference for what compares whole rows: of the columns that have at least two usable values in
 * each sample, the rows in which all are. A column without values does not cost all rows.
 *
 * @param rows left, scaled
 * @param columns that are left
 * @param deviations by which they are divided
 */
record CompleteRows(double[][] rows, int[] columns, double[] deviations) {

  /** What is done to columns. */
  enum Scaling {
    /** Nothing. */
    NONE,
    /** They are divided by the reference's standard deviation, a constant one by nothing. */
    STANDARD
  }

  /** The columns of which each sample has two values. */
  static int[] columns(double[][] reference, double[][] current) {
    int width = Math.min(width(reference), width(current));
    return IntStream.range(0, width)
        .filter(k -> Columns.hasTwo(reference, k) && Columns.hasTwo(current, k))
        .toArray();
  }

  static CompleteRows of(double[][] reference, int[] columns, Scaling scaling) {
    double[][] rows = complete(reference, columns);
    double[] deviations = new double[columns.length];
    Arrays.fill(deviations, 1);
    if (scaling == Scaling.STANDARD) {
      for (int k = 0; k < columns.length; k++) {
        double deviation = Columns.deviation(Columns.finite(rows, k));
        deviations[k] = deviation > 0 ? deviation : 1;
      }
    }
    CompleteRows complete = new CompleteRows(rows, columns, deviations);
    complete.scale(rows);
    return complete;
  }

  /** The same columns of the rows of another sample in which all are usable, likewise scaled. */
  double[][] others(double[][] current) {
    double[][] others = complete(current, columns);
    scale(others);
    return others;
  }

  private static int width(double[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  private static double[][] complete(double[][] rows, int[] columns) {
    double[][] complete = new double[rows.length][];
    int size = 0;
    for (double[] row : rows) {
      double[] taken = new double[columns.length];
      boolean usable = true;
      for (int k = 0; k < taken.length; k++) {
        taken[k] = row[columns[k]];
        usable &= Columns.isUsable(taken[k]);
      }
      if (usable) {
        complete[size++] = taken;
      }
    }
    return Arrays.copyOf(complete, size);
  }

  private void scale(double[][] scaled) {
    for (double[] row : scaled) {
      for (int k = 0; k < row.length; k++) {
        row[k] /= deviations[k];
      }
    }
  }
}
