package dev.penstock.core.downsampling;

import java.util.Arrays;

/**
 * Minimizes {@code |A x - b|} over {@code x} without negative components.
 *
 * <p>The active set method of Lawson, Hanson: Solving Least Squares Problems, 1974, chapter 23, on
 * the normal equations. Ends after finitely many steps, since each lowers the residual; {@code
 * O(k³)} a step.
 */
final class NonNegativeLeastSquares {

  /** A gradient of this share of the largest product, or less, is rounding. */
  private static final double FLAT = 1e-12;

  private final double[][] products;
  private final double[] right;
  private final boolean[] passive;
  private final double[] x;

  private NonNegativeLeastSquares(double[][] a, double[] b) {
    int n = b.length;
    products = new double[n][n];
    right = new double[n];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < n; r++) {
        right[i] += a[r][i] * b[r];
      }
      for (int j = 0; j <= i; j++) {
        for (int r = 0; r < n; r++) {
          products[i][j] += a[r][i] * a[r][j];
        }
        products[j][i] = products[i][j];
      }
    }
    passive = new boolean[n];
    x = new double[n];
  }

  /**
   * The minimum.
   *
   * @param a square
   * @param b as long
   */
  static double[] solve(double[][] a, double[] b) {
    return new NonNegativeLeastSquares(a, b).solve();
  }

  private double[] solve() {
    double scale = Arrays.stream(right).map(Math::abs).max().orElse(0);
    int steepest = steepest(FLAT * scale);
    // Lawson and Hanson's method needs fewer steps than three times the variables in practice.
    for (int step = 0; steepest >= 0 && step < 3 * x.length; step++) {
      passive[steepest] = true;
      settle();
      steepest = steepest(FLAT * scale);
    }
    return x;
  }

  /** The active variable by which the residual falls fastest; -1: by none. */
  private int steepest(double least) {
    int steepest = -1;
    double most = least;
    for (int i = 0; i < x.length; i++) {
      if (!passive[i]) {
        double gradient = right[i];
        for (int j = 0; j < x.length; j++) {
          gradient -= products[i][j] * x[j];
        }
        if (gradient > most) {
          steepest = i;
          most = gradient;
        }
      }
    }
    return steepest;
  }

  /** Moves to the minimum over the passive variables, of which those that reach 0 are dropped. */
  private void settle() {
    while (true) {
      double[] target = minimum();
      double share = 1;
      for (int i = 0; i < x.length; i++) {
        if (passive[i] && target[i] <= 0) {
          share = Math.min(share, shareUntilZero(x[i], target[i]));
        }
      }
      boolean dropped = false;
      for (int i = 0; i < x.length; i++) {
        boolean reachesZero =
            passive[i] && target[i] <= 0 && shareUntilZero(x[i], target[i]) <= share;
        x[i] = reachesZero || !passive[i] ? 0 : x[i] + share * (target[i] - x[i]);
        passive[i] &= !reachesZero;
        dropped |= reachesZero;
      }
      if (!dropped) {
        return;
      }
    }
  }

  private static double shareUntilZero(double from, double to) {
    return from == 0 ? 0 : from / (from - to);
  }

  private double[] minimum() {
    int[] free = new int[x.length];
    int count = 0;
    GrowingCholesky factor = new GrowingCholesky();
    for (int i = 0; i < x.length; i++) {
      if (passive[i]) {
        double[] row = new double[count + 1];
        for (int j = 0; j < count; j++) {
          row[j] = products[i][free[j]];
        }
        row[count] = products[i][i];
        if (factor.add(row)) {
          free[count++] = i;
        }
      }
    }
    double[] known = new double[count];
    for (int i = 0; i < count; i++) {
      known[i] = right[free[i]];
    }
    double[] solution = factor.solve(known);
    double[] target = new double[x.length];
    for (int i = 0; i < count; i++) {
      target[free[i]] = solution[i];
    }
    return target;
  }
}
