package dev.penstock.core.drift;

import java.util.Arrays;

/** Columns of rows, without the cells that are not finite or so large that squares are not. */
final class Columns {

  private static final double LARGEST = 1e100;

  private Columns() {}

  static boolean isUsable(double value) {
    return Math.abs(value) <= LARGEST;
  }

  static double[] finite(double[][] rows, int column) {
    double[] values = new double[rows.length];
    int size = 0;
    for (double[] row : rows) {
      if (isUsable(row[column])) {
        values[size++] = row[column];
      }
    }
    return Arrays.copyOf(values, size);
  }

  static boolean hasTwo(double[][] rows, int column) {
    int count = 0;
    for (double[] row : rows) {
      count += isUsable(row[column]) ? 1 : 0;
      if (count == 2) {
        return true;
      }
    }
    return false;
  }

  /** Standard deviation with divisor n; NaN of no values. */
  static double deviation(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }
}
