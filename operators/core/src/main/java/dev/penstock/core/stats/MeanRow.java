package dev.penstock.core.stats;

/** The mean of rows, column by column. */
public final class MeanRow {

  private MeanRow() {}

  /**
   * The mean of rows.
   *
   * @param rows at least one, of one width
   */
  public static double[] of(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }
}
