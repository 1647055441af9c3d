package dev.penstock.core.distance.kernel;

import dev.penstock.core.stats.Samples;
import dev.penstock.core.stats.Sums;
import java.util.Arrays;

/**
 * Least-squares density difference: an estimate of {@code ∫ (p - q)²} without estimating p or q.
 * The difference is modelled by Gaussian kernels on given centres, fitted by ridge regression:
 * {@code θ = (H + λI)⁻¹ h}, {@code LSDD = 2 hᵀθ - θᵀHθ}, with {@code h} the difference of the
 * samples' mean kernels on the centres and {@code H_ij = exp(-|c_i - c_j|² / (4σ²))}, that is in
 * units of {@code (√π σ)^d}, d features (Sugiyama et al., Density-difference estimation, Neural
 * Computation 25, 2013; Bu, Alippi and Zhao, A pdf-free change detection test based on density
 * difference estimation, IEEE Transactions on Neural Networks and Learning Systems 29, 2018).
 *
 * <p>λ is the largest of 1, 1/4 ... 1/4⁹ for which, averaged over the permutations, the two
 * estimates {@code hᵀθ} and {@code θᵀHθ}, equal without it, differ by less than a given share.
 */
public final class Lsdd {

  private static final int CANDIDATES = 10;
  private static final double RATIO = 0.25;

  private final int references;

  /** Kernels between centres. */
  private final double[][] gram;

  /** Kernels of the rows of the pool on the centres, a row each. */
  private final double[][] features;

  /** Sum of all rows of {@link #features}. */
  private final double[] all;

  private Lsdd(double[][] pool, int references, double[][] centres, double sigma) {
    this.references = references;
    SquaredDistances distances = new SquaredDistances(centres);
    // The convolution of two kernels is one of √2 the width.
    gram = kernels(centres, distances, Math.sqrt(2) * sigma);
    features = kernels(pool, distances, sigma);
    all = new double[centres.length];
    for (double[] row : features) {
      add(row, all);
    }
  }

  /**
   * Permutation test of the density difference.
   *
   * @param reference at least 1 row, none of which should be a centre
   * @param current at least 1 row of as many features
   * @param centres of the kernels, at least 1 row of as many features, commonly drawn from the
   *     reference data
   * @param sigma width of the kernels, positive; commonly by {@link Mmd#medianSigma}
   * @param largestDifference of the two estimates, relative, in (0, 1); 0.2 is common
   * @param permutations of the rows of the pool, reference before current: the last {@code
   *     current.length} places of each are the current sample; see {@link
   *     PermutationResult#permutations}
   * @throws IllegalArgumentException if an argument is not as above
   */
  public static PermutationResult test(
      double[][] reference,
      double[][] current,
      double[][] centres,
      double sigma,
      double largestDifference,
      int[][] permutations) {
    int width = Samples.requireRows(1, /* features= */ -1, reference, "reference");
    Samples.requireRows(1, width, current, "current");
    Samples.requireRows(1, width, centres, "centres");
    Samples.requirePositive(sigma, "sigma");
    if (!(largestDifference > 0 && largestDifference < 1)) {
      throw new IllegalArgumentException(
          "largestDifference must be in (0, 1), got " + largestDifference);
    }
    PermutationResult.requirePermutations(permutations, reference.length + current.length);

    double[][] pool = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, pool, reference.length, current.length);
    return new Lsdd(pool, reference.length, centres, sigma).test(permutations, largestDifference);
  }

  private PermutationResult test(int[][] permutations, double largestDifference) {
    double[][] differences = new double[permutations.length][];
    for (int b = 0; b < permutations.length; b++) {
      differences[b] = difference(permutations[b]);
    }
    double lambda = 1;
    double[][] factor = factor(lambda);
    for (int k = 1; k < CANDIDATES && !isClose(differences, factor, largestDifference); k++) {
      lambda *= RATIO;
      factor = factor(lambda);
    }

    double[] permuted = new double[permutations.length];
    for (int b = 0; b < permuted.length; b++) {
      permuted[b] = estimate(differences[b], factor);
    }
    int[] identity = new int[features.length];
    Arrays.setAll(identity, i -> i);
    return new PermutationResult(estimate(difference(identity), factor), permuted);
  }

  /** Mean kernels of the first rows less those of the last, of which the fewer are added up. */
  private double[] difference(int[] permutation) {
    int n = references;
    int m = permutation.length - references;
    double[] sum = new double[gram.length];
    for (int i = n <= m ? 0 : n; i < (n <= m ? n : n + m); i++) {
      add(features[permutation[i]], sum);
    }
    for (int k = 0; k < sum.length; k++) {
      double other = all[k] - sum[k];
      sum[k] = n <= m ? sum[k] / n - other / m : other / n - sum[k] / m;
    }
    return sum;
  }

  private static void add(double[] row, double[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += row[k];
    }
  }

  private boolean isClose(double[][] differences, double[][] factor, double largest) {
    double sum = 0;
    for (double[] difference : differences) {
      double[] theta = solve(factor, difference);
      sum += 1 - quadratic(theta) / dot(difference, theta);
    }
    return sum / differences.length < largest;
  }

  private double estimate(double[] difference, double[][] factor) {
    double[] theta = solve(factor, difference);
    return 2 * dot(difference, theta) - quadratic(theta);
  }

  private double quadratic(double[] theta) {
    double sum = 0;
    for (int i = 0; i < theta.length; i++) {
      sum += theta[i] * dot(gram[i], theta);
    }
    return sum;
  }

  /** Cholesky factor L of {@code H + λI = L Lᵀ}: H is a Gram matrix, so with λ it is definite. */
  private double[][] factor(double lambda) {
    int n = gram.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      lower[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = gram[i][j] + (i == j ? lambda : 0);
        sum -= Sums.ofProducts(lower[i], lower[j], j);
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return lower;
  }

  private static double[] solve(double[][] lower, double[] right) {
    double[] solution = right.clone();
    for (int i = 0; i < solution.length; i++) {
      solution[i] -= Sums.ofProducts(lower[i], solution, i);
      solution[i] /= lower[i][i];
    }
    for (int i = solution.length - 1; i >= 0; i--) {
      solution[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        solution[k] -= lower[i][k] * solution[i];
      }
    }
    return solution;
  }

  private static double dot(double[] a, double[] b) {
    return Sums.ofProducts(a, b, a.length);
  }

  private static double[][] kernels(double[][] rows, SquaredDistances centres, double sigma) {
    GaussianKernel kernel = new GaussianKernel(sigma);
    double[][] kernels = new double[rows.length][];
    centres.from(
        rows,
        (i, distances, count) -> {
          kernel.apply(distances, count);
          kernels[i] = Arrays.copyOf(distances, count);
        });
    return kernels;
  }
}
