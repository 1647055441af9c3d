package dev.penstock.core.submodular;

/**
 * {@code (1 + cos) / 2} of the angle between two rows: from 0, opposite, to 1; ½ to a row of zeros.
 * Computed when asked for, in {@code O(d)}.
 */
public final class Cosine implements Similarity {

  private final double[][] rows;
  private final double[] norms;

  public Cosine(double[][] rows) {
    this.rows = rows;
    norms = new double[rows.length];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Math.sqrt(product(i, i));
    }
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public double of(int a, int b) {
    if (a == b) {
      return 1;
    }
    double lengths = norms[a] * norms[b];
    return lengths == 0 ? 0.5 : 0.5 + 0.5 * product(a, b) / lengths;
  }

  private double product(int a, int b) {
    double sum = 0;
    for (int i = 0; i < rows[a].length; i++) {
      sum += rows[a][i] * rows[b][i];
    }
    return sum;
  }
}
