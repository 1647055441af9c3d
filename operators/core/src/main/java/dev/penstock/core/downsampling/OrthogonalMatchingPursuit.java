package dev.penstock.core.downsampling;

import dev.penstock.core.stats.Require;
import java.util.Arrays;

/**
 * A vector as a combination of few others, the atoms: always the one most along what is missing is
 * added, then the coefficients of all are fitted anew.
 *
 * <p>The fit solves {@code (A Aᵀ + penalty I) x = A b} for the atoms {@code A} so far; that of the
 * first atom is a projection, without the penalty. Pati, Rezaiifar, Krishnaprasad: Orthogonal
 * Matching Pursuit, Asilomar 1993; with a penalty and without negative coefficients Killamsetty et
 * al.: GRAD-MATCH, ICML 2021. {@code O(n d)} and {@code O(k²)} time for the k-th atom, except where
 * {@link Signs} tells otherwise.
 *
 * <p>Agrees with DeepCore by {@link Signs#NON_NEGATIVE_AT_LAST} and with CORDS by the others.
 */
public final class OrthogonalMatchingPursuit {

  private final double[][] vectors;
  private final double[] target;
  private final Settings settings;
  private final boolean[] excluded;

  private int[] atoms = new int[0];
  private double[] coefficients = new double[0];

  /** Products of the atoms with each other, and the penalty; the lower half. */
  private double[][] products = new double[0][];

  /** Products of the atoms with the target. */
  private double[] targets = new double[0];

  private GrowingCholesky factor = new GrowingCholesky();

  /** Which coefficients there may be. */
  public enum Signs {
    /** All: the atom of the largest product by magnitude is added. */
    ANY,
    /**
     * All until the last atom is added, of the largest product by sign; then those of the least
     * squares of the same equations that are not negative. An only atom has the coefficient 1.
     */
    NON_NEGATIVE_AT_LAST,
    /** The same at every step, in {@code O(k³)} or more. */
    NON_NEGATIVE,
    /** At every step the atom of the lowest coefficient is dropped while that is negative. */
    NEGATIVE_DROPPED
  }

  /**
   * How a vector is combined.
   *
   * @param atoms at most
   * @param penalty on the squared coefficients, not negative
   * @param tolerance share of the target's norm that may be missing
   */
  public record Settings(int atoms, double penalty, double tolerance, Signs signs) {

    public Settings {
      Require.atLeast("atoms", atoms, 0);
      Require.notNegative("penalty", penalty);
      Require.notNegative("tolerance", tolerance);
    }
  }

  /**
   * A combination.
   *
   * @param atoms indexes of vectors, in the order in which they were added
   * @param coefficients of the atoms
   * @param missing norm of the target less the combination
   */
  public record Fit(int[] atoms, double[] coefficients, double missing) {}

  private OrthogonalMatchingPursuit(double[][] vectors, double[] target, Settings settings) {
    this.vectors = vectors;
    this.target = target;
    this.settings = settings;
    excluded = new boolean[vectors.length];
  }

  /** Combines the target of vectors as long. */
  public static Fit fit(double[][] vectors, double[] target, Settings settings) {
    return new OrthogonalMatchingPursuit(vectors, target, settings).fit();
  }

  private Fit fit() {
    double[] missing = target.clone();
    double norm = norm(target);
    int most = Math.min(settings.atoms, vectors.length);
    for (int step = 0; step < most; step++) {
      if (settings.tolerance > 0 && norm(missing) < settings.tolerance * norm) {
        break;
      }
      int next = next(missing);
      if (next < 0 || isAtom(next)) {
        break;
      }
      add(next);
      missing = missing();
    }
    if (settings.signs == Signs.NON_NEGATIVE_AT_LAST) {
      coefficients = most == 1 && atoms.length == 1 ? new double[] {1} : nonNegative();
      missing = missing();
    }
    return new Fit(atoms, coefficients, norm(missing));
  }

  /** The vector most along what is missing; -1: there is none that is not excluded. */
  private int next(double[] missing) {
    int next = -1;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < vectors.length; i++) {
      if (!excluded[i]) {
        double product = product(vectors[i], missing);
        double size = settings.signs == Signs.ANY ? Math.abs(product) : product;
        if (size > largest) {
          next = i;
          largest = size;
        }
      }
    }
    return next;
  }

  private boolean isAtom(int vector) {
    return Arrays.stream(atoms).anyMatch(atom -> atom == vector);
  }

  private void add(int vector) {
    if (settings.signs == Signs.NON_NEGATIVE_AT_LAST) {
      excluded[vector] = true;
    }
    int size = atoms.length;
    double[] row = new double[size + 1];
    for (int i = 0; i < size; i++) {
      row[i] = product(vectors[atoms[i]], vectors[vector]);
    }
    row[size] = product(vectors[vector], vectors[vector]) + settings.penalty;
    if (!factor.add(row)) {
      // It depends on the atoms, so there is nothing to win by it.
      excluded[vector] = true;
      return;
    }
    atoms = Arrays.copyOf(atoms, size + 1);
    atoms[size] = vector;
    products = Arrays.copyOf(products, size + 1);
    products[size] = row;
    targets = Arrays.copyOf(targets, size + 1);
    targets[size] = product(vectors[vector], target);
    refit();
  }

  private void refit() {
    if (atoms.length == 1) {
      double squared = products[0][0] - settings.penalty;
      coefficients = new double[] {squared > 0 ? targets[0] / squared : 0};
      return;
    }
    coefficients = settings.signs == Signs.NON_NEGATIVE ? nonNegative() : factor.solve(targets);
    while (settings.signs == Signs.NEGATIVE_DROPPED && lowest() >= 0) {
      drop(lowest());
      coefficients = factor.solve(targets);
    }
  }

  /** The atom of the lowest coefficient; -1: none is negative. */
  private int lowest() {
    int lowest = -1;
    for (int i = 0; i < coefficients.length; i++) {
      if (coefficients[i] < 0 && (lowest < 0 || coefficients[i] < coefficients[lowest])) {
        lowest = i;
      }
    }
    return lowest;
  }

  private void drop(int dropped) {
    int size = atoms.length - 1;
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = i < dropped ? products[i] : without(products[i + 1], dropped);
    }
    products = rows;
    targets = without(targets, dropped);
    int[] left = new int[size];
    for (int i = 0; i < size; i++) {
      left[i] = atoms[i < dropped ? i : i + 1];
    }
    atoms = left;
    factor = new GrowingCholesky();
    for (double[] row : rows) {
      factor.add(row);
    }
  }

  private double[] nonNegative() {
    int size = atoms.length;
    double[][] square = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        square[i][j] = products[i][j];
        square[j][i] = products[i][j];
      }
    }
    return NonNegativeLeastSquares.solve(square, targets);
  }

  private double[] missing() {
    double[] missing = target.clone();
    for (int i = 0; i < atoms.length; i++) {
      for (int j = 0; j < missing.length; j++) {
        missing[j] -= coefficients[i] * vectors[atoms[i]][j];
      }
    }
    return missing;
  }

  private static double[] without(double[] values, int index) {
    double[] left = new double[values.length - 1];
    System.arraycopy(values, 0, left, 0, index);
    System.arraycopy(values, index + 1, left, index, left.length - index);
    return left;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(product(vector, vector));
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
