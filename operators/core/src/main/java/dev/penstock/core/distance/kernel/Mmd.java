package dev.penstock.core.distance.kernel;

import dev.penstock.core.stats.Samples;
import dev.penstock.core.stats.Sums;
import java.util.Arrays;

/**
 * Squared maximum mean discrepancy of two multivariate samples under Gaussian kernels {@code k(a,
 * b) = exp(-|a - b|² / (2σ²))}, averaged over several σ if given: {@code mean k(x, x') + mean k(y,
 * y') - 2 mean k(x, y)}. Unbiased the means leave out pairs of a row with itself, and the result
 * lies in [-2, 2], around 0 for one distribution; biased they do not, and it lies in [0, 2]
 * (Gretton et al., A kernel two-sample test, Journal of Machine Learning Research 13, 2012,
 * equations 3 and 5; the permutation test and the median heuristic: section 8).
 *
 * <p>Time is {@code O(N² (d + s))} for N rows in all of d features and s kernels, and {@code O(m²)}
 * more for each permutation, m the smaller sample; memory {@code O(N d)}: no kernel matrix is held,
 * its rows are used as they are made. A kernel is exact to 4e-16. NaN in a row makes the result
 * NaN. The same rows give the same bits on every machine.
 */
public final class Mmd {

  private Mmd() {}

  /** A reference sample and what of the discrepancy depends on it alone. */
  public static final class Reference {

    private final SquaredDistances distances;
    private final GaussianKernel kernel;
    private final int features;
    private final int size;

    /** Sum of the kernel over pairs of different rows, each once. */
    private final double within;

    /**
     * Sums the kernel within the reference.
     *
     * @param rows at least 2; must not be changed while this is used
     * @param sigmas widths of the kernels, at least one, positive
     * @throws IllegalArgumentException if an argument is not as above
     */
    public Reference(double[][] rows, double... sigmas) {
      features = Samples.requireRows(2, /* features= */ -1, rows, "reference");
      kernel = new GaussianKernel(sigmas);
      distances = new SquaredDistances(rows);
      size = rows.length;
      within = Mmd.within(distances, kernel);
    }

    /**
     * Unbiased squared discrepancy of a current sample.
     *
     * @param current at least 2 rows of as many features
     * @throws IllegalArgumentException if they are not
     */
    public double unbiased(double[][] current) {
      Samples.requireRows(2, features, current, "current");
      double n = size;
      double m = current.length;
      double other = Mmd.within(new SquaredDistances(current), kernel);
      return 2 * within / (n * (n - 1))
          + 2 * other / (m * (m - 1))
          - 2 * between(current) / (n * m);
    }

    private double biased(double[][] current) {
      Samples.requireRows(2, features, current, "current");
      double n = size;
      double m = current.length;
      double other = Mmd.within(new SquaredDistances(current), kernel);
      return (2 * within + n) / (n * n)
          + (2 * other + m) / (m * m)
          - 2 * between(current) / (n * m);
    }

    private double between(double[][] current) {
      double[] sum = new double[1];
      distances.from(
          current,
          (i, row, count) -> {
            kernel.apply(row, count);
            sum[0] += Sums.of(row, 0, count);
          });
      return sum[0];
    }
  }

  /**
   * Unbiased squared discrepancy.
   *
   * @param reference at least 2 rows
   * @param current at least 2 rows of as many features
   * @param sigmas widths of the kernels, at least one, positive
   * @throws IllegalArgumentException if an argument is not as above
   */
  public static double unbiased(double[][] reference, double[][] current, double... sigmas) {
    return new Reference(reference, sigmas).unbiased(current);
  }

  /** Biased squared discrepancy; arguments as of {@link #unbiased}. */
  public static double biased(double[][] reference, double[][] current, double... sigmas) {
    return new Reference(reference, sigmas).biased(current);
  }

  /**
   * Permutation test of the unbiased discrepancy.
   *
   * @param permutations of the rows of the pool, reference before current: the last {@code
   *     current.length} places of each are the current sample; see {@link
   *     PermutationResult#permutations}
   * @throws IllegalArgumentException if an argument is not as above or of {@link #unbiased}
   */
  public static PermutationResult test(
      double[][] reference, double[][] current, int[][] permutations, double... sigmas) {
    PermutationResult.requirePermutations(permutations, reference.length + current.length);
    int features = Samples.requireRows(2, /* features= */ -1, reference, "reference");
    Samples.requireRows(2, features, current, "current");
    double[][] pool = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, pool, reference.length, current.length);
    return new DealtKernel(permutations, reference.length, pool.length)
        .result(new SquaredDistances(pool), new GaussianKernel(sigmas));
  }

  /**
   * Width by the median heuristic, {@code √(d² / 2)} with d² the median of the squared distances
   * between two samples of different rows.
   *
   * @throws IllegalArgumentException if a sample is empty or their features differ in number
   */
  public static double medianSigma(double[][] x, double[][] y) {
    int features = Samples.requireRows(1, /* features= */ -1, x, "x");
    Samples.requireRows(1, features, y, "y");
    RankedDistance distances = RankedDistance.between(x, y);
    return Math.sqrt(0.5 * distances.at(Math.max(distances.pairs() / 2 - 1, 0)));
  }

  /**
   * Width by the median heuristic within one sample: over pairs of different rows.
   *
   * @throws IllegalArgumentException if the sample has fewer than 2 rows
   */
  public static double medianSigma(double[][] rows) {
    Samples.requireRows(2, /* features= */ -1, rows, "rows");
    RankedDistance distances = RankedDistance.within(rows);
    // In the full matrix each pair stands twice.
    return Math.sqrt(0.5 * distances.at((distances.pairs() - 1) / 2));
  }

  private static double within(SquaredDistances distances, GaussianKernel kernel) {
    double[] sum = new double[1];
    distances.within(
        (i, row, count) -> {
          kernel.apply(row, count);
          sum[0] += Sums.of(row, 0, count);
        });
    return sum[0];
  }
}
