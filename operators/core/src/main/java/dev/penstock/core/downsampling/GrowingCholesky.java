package dev.penstock.core.downsampling;

import java.util.ArrayList;
import java.util.List;

/**
 * The Cholesky factor of a symmetric positive definite matrix that grows by a row at a time: {@code
 * O(k²)} for a row and for a solution, in place of {@code O(k³)}. Golub, Van Loan: Matrix
 * Computations, 4.2.
 */
final class GrowingCholesky {

  /** A pivot that is this share of its diagonal element, or less, is rounding. */
  private static final double DEPENDENT = 1e-13;

  private final List<double[]> rows = new ArrayList<>();

  /**
   * Adds a row, unless it depends on those there are.
   *
   * @param row products with the rows that there are, and with itself at last
   * @return whether it was added
   */
  boolean add(double[] row) {
    int size = rows.size();
    double[] factor = new double[size + 1];
    double pivot = row[size];
    for (int i = 0; i < size; i++) {
      double[] before = rows.get(i);
      double rest = row[i];
      for (int j = 0; j < i; j++) {
        rest -= before[j] * factor[j];
      }
      factor[i] = rest / before[i];
      pivot -= factor[i] * factor[i];
    }
    if (!(pivot > DEPENDENT * row[size])) {
      return false;
    }
    factor[size] = Math.sqrt(pivot);
    rows.add(factor);
    return true;
  }

  /** Solves the equations of the matrix. */
  double[] solve(double[] right) {
    int size = rows.size();
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      double rest = right[i];
      for (int j = 0; j < i; j++) {
        rest -= rows.get(i)[j] * x[j];
      }
      x[i] = rest / rows.get(i)[i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int j = i + 1; j < size; j++) {
        x[i] -= rows.get(j)[i] * x[j];
      }
      x[i] /= rows.get(i)[i];
    }
    return x;
  }
}
