package dev.penstock.core.distance;

/**
 * Squared Euclidean distances between rows, clamped at 1e-30 from below: what a kernel and the
 * median heuristic see of equal rows.
 */
final class SquaredDistances {

  private static final double LEAST = 1e-30;

  private SquaredDistances() {}

  /** Values by column, as {@link #from} runs along rows of one feature. */
  static double[][] transposed(double[][] rows, int features) {
    double[][] columns = new double[features][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < features; k++) {
        columns[k][i] = rows[i][k];
      }
    }
    return columns;
  }

  /**
   * Distances from one row to the first {@code count} others.
   *
   * <p>The inner loop is over rows, not features: without a sum to carry it compiles to vector
   * instructions.
   *
   * @param columns of the others
   */
  static void from(double[] row, double[][] columns, int count, double[] distances) {
    for (int j = 0; j < count; j++) {
      distances[j] = 0;
    }
    for (int k = 0; k < columns.length; k++) {
      double value = row[k];
      double[] column = columns[k];
      for (int j = 0; j < count; j++) {
        double difference = value - column[j];
        distances[j] += difference * difference;
      }
    }
    for (int j = 0; j < count; j++) {
      distances[j] = Math.max(distances[j], LEAST);
    }
  }
}
