package dev.penstock.core.distance.kernel;

import java.util.Arrays;

/**
 * Squared Euclidean distances to the rows of a sample. 1e-30 is added, so that kernels and the
 * median heuristic see a number above 0 of equal rows.
 *
 * <p>They are sums of squared differences, not {@code |a|² + |b|² - 2ab}: where rows are far from
 * the origin that cancels, and it takes nine tenths of the time. Rows lie in strips, feature by
 * feature, that stay in a cache for all rows of a block: loops run along a strip, without a sum to
 * carry, and so compile to vector instructions. The order of all additions is fixed.
 */
final class SquaredDistances {

  private static final double LEAST = 1e-30;

  /** Rows of a strip: a vector of each of 8 features fits a first-level cache. */
  private static final int STRIP = 256;

  /** Rows that pass over a strip, one after the other, before the next strip is read. */
  private static final int BLOCK = 16;

  private final double[][] rows;

  /** By strip, feature and row. */
  private final double[][][] strips;

  /** Takes what comes row by row, each once, in order. */
  @FunctionalInterface
  interface Visitor {

    /**
     * One row's distances to the first {@code count} rows of the sample.
     *
     * @param distances may be changed; valid until the call returns
     */
    void row(int index, double[] distances, int count);
  }

  /**
   * Distances to a sample.
   *
   * @param rows at least one; not copied, but not looked at for {@link #from} again
   */
  SquaredDistances(double[][] rows) {
    this.rows = rows;
    int features = rows[0].length;
    strips = new double[(rows.length + STRIP - 1) / STRIP][features][];
    for (int s = 0; s < strips.length; s++) {
      int first = s * STRIP;
      int size = Math.min(STRIP, rows.length - first);
      for (int k = 0; k < features; k++) {
        double[] column = new double[size];
        for (int j = 0; j < size; j++) {
          column[j] = rows[first + j][k];
        }
        strips[s][k] = column;
      }
    }
  }

  int size() {
    return rows.length;
  }

  /** Distances of each row of the sample to those before it. */
  void within(Visitor visitor) {
    visit(rows, /* before= */ true, visitor);
  }

  /** Distances of each of the others to all rows of the sample. */
  void from(double[][] others, Visitor visitor) {
    visit(others, /* before= */ false, visitor);
  }

  /** Of one pair, by the same formula, but not to the last bit. */
  static double between(double[] a, double[] b) {
    double sum = LEAST;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }

  private void visit(double[][] others, boolean before, Visitor visitor) {
    double[][] distances = new double[Math.min(BLOCK, others.length)][rows.length];
    double[] sums = new double[STRIP];
    for (int first = 0; first < others.length; first += BLOCK) {
      int last = Math.min(first + BLOCK, others.length);
      int reach = before ? last : rows.length;
      for (int s = 0; s * STRIP < reach; s++) {
        for (int i = first; i < last; i++) {
          int count = Math.min(STRIP, (before ? i : rows.length) - s * STRIP);
          if (count > 0) {
            sum(others[i], strips[s], count, sums);
            System.arraycopy(sums, 0, distances[i - first], s * STRIP, count);
          }
        }
      }
      for (int i = first; i < last; i++) {
        visitor.row(i, distances[i - first], before ? i : rows.length);
      }
    }
  }

  private static void sum(double[] row, double[][] strip, int count, double[] sums) {
    Arrays.fill(sums, 0, count, LEAST);
    int k = 0;
    for (; k + 2 <= row.length; k += 2) {
      addTwo(row[k], strip[k], row[k + 1], strip[k + 1], count, sums);
    }
    if (k < row.length) {
      add(row[k], strip[k], count, sums);
    }
  }

  /** Two features at once: of more, the compiler makes vector instructions only at times. */
  private static void addTwo(
      double a, double[] as, double b, double[] bs, int count, double[] sums) {
    for (int j = 0; j < count; j++) {
      double da = a - as[j];
      double db = b - bs[j];
      sums[j] += da * da + db * db;
    }
  }

  private static void add(double value, double[] column, int count, double[] sums) {
    for (int j = 0; j < count; j++) {
      double difference = value - column[j];
      sums[j] += difference * difference;
    }
  }
}
