package dev.penstock.core.distance;

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
 * more for each permutation, m the smaller sample; memory {@code N² / 2} doubles. NaN in a row
 * makes the result NaN.
 */
public final class Mmd {

  /** Kernel values between the rows of the pool, below the diagonal. */
  private final double[][] kernel;

  /** Sums of the rows of the full kernel, without the diagonal. */
  private final double[] sums;

  private final int references;
  private double total;

  private Mmd(double[][] pool, int references, int features, double[] sigmas) {
    this.references = references;
    kernel = new double[pool.length][];
    sums = new double[pool.length];
    double[][] columns = SquaredDistances.transposed(pool, features);
    for (int i = 0; i < pool.length; i++) {
      kernel[i] = new double[i];
      SquaredDistances.from(pool[i], columns, i, kernel[i]);
      for (int j = 0; j < i; j++) {
        double value = average(kernel[i][j], sigmas);
        kernel[i][j] = value;
        sums[i] += value;
        sums[j] += value;
      }
    }
    for (double sum : sums) {
      total += sum;
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
    return of(reference, current, sigmas).statistic();
  }

  /** Biased squared discrepancy; arguments as of {@link #unbiased}. */
  public static double biased(double[][] reference, double[][] current, double... sigmas) {
    Mmd mmd = of(reference, current, sigmas);
    double n = reference.length;
    double m = current.length;
    double within = mmd.within(mmd.observed());
    double between = mmd.between(mmd.observed(), within);
    double rest = mmd.total - 2 * between - within;
    return (rest + n) / (n * n) + (within + m) / (m * m) - 2 * between / (n * m);
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
    Mmd mmd = of(reference, current, sigmas);
    return new PermutationResult(mmd.statistic(), mmd.permuted(permutations));
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
    double[] all = new double[Math.multiplyExact(x.length, y.length)];
    double[][] columns = SquaredDistances.transposed(y, features);
    double[] distances = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      SquaredDistances.from(x[i], columns, y.length, distances);
      System.arraycopy(distances, 0, all, i * y.length, y.length);
    }
    return ofMedian(all, Math.max((all.length / 2) - 1, 0));
  }

  /**
   * Width by the median heuristic within one sample: over pairs of different rows.
   *
   * @throws IllegalArgumentException if the sample has fewer than 2 rows
   */
  public static double medianSigma(double[][] rows) {
    int features = Samples.requireRows(2, /* features= */ -1, rows, "rows");
    int n = rows.length;
    double[] all = new double[Math.multiplyExact(n, n - 1) / 2];
    double[][] columns = SquaredDistances.transposed(rows, features);
    double[] distances = new double[n];
    int size = 0;
    for (int i = 0; i < n; i++) {
      SquaredDistances.from(rows[i], columns, i, distances);
      System.arraycopy(distances, 0, all, size, i);
      size += i;
    }
    // In the full matrix each pair stands twice.
    return ofMedian(all, (all.length - 1) / 2);
  }

  private static double ofMedian(double[] squaredDistances, int rank) {
    Arrays.sort(squaredDistances);
    return Math.sqrt(0.5 * squaredDistances[rank]);
  }

  private static Mmd of(double[][] reference, double[][] current, double[] sigmas) {
    int features = Samples.requireRows(2, /* features= */ -1, reference, "reference");
    Samples.requireRows(2, features, current, "current");
    if (sigmas.length == 0) {
      throw new IllegalArgumentException("sigmas must have at least 1 values, got 0");
    }
    for (double sigma : sigmas) {
      Samples.requirePositive(sigma, "sigma");
    }
    double[][] pool = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, pool, reference.length, current.length);
    return new Mmd(pool, reference.length, features, sigmas);
  }

  private static double average(double squaredDistance, double[] sigmas) {
    double sum = 0;
    for (double sigma : sigmas) {
      sum += Math.exp(-squaredDistance / (2 * sigma * sigma));
    }
    return sum / sigmas.length;
  }

  private double statistic() {
    int[] current = observed();
    return statistic(current, within(current));
  }

  private int[] observed() {
    int[] current = new int[kernel.length - references];
    for (int i = 0; i < current.length; i++) {
      current[i] = references + i;
    }
    return current;
  }

  /**
   * Statistics of all permutations. Row by row of the kernel, not permutation by permutation: a row
   * stays in the cache for all of them.
   */
  private double[] permuted(int[][] permutations) {
    int rows = kernel.length;
    int[][] members = new int[permutations.length][];
    for (int b = 0; b < permutations.length; b++) {
      members[b] = Arrays.copyOfRange(permutations[b], references, rows);
      Arrays.sort(members[b]);
    }
    double[] within = new double[members.length];
    int[] places = new int[members.length];
    for (int i = 0; i < rows; i++) {
      for (int b = 0; b < members.length; b++) {
        int place = places[b];
        if (place < members[b].length && members[b][place] == i) {
          within[b] += 2 * sum(kernel[i], members[b], place);
          places[b]++;
        }
      }
    }
    double[] statistics = new double[members.length];
    for (int b = 0; b < members.length; b++) {
      statistics[b] = statistic(members[b], within[b]);
    }
    return statistics;
  }

  /** Kernel over ordered pairs of different members, which are ascending. */
  private double within(int[] members) {
    double sum = 0;
    for (int place = 0; place < members.length; place++) {
      sum += 2 * sum(kernel[members[place]], members, place);
    }
    return sum;
  }

  private static double sum(double[] row, int[] members, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += row[members[k]];
    }
    return sum;
  }

  /** Kernel between members and the rest. */
  private double between(int[] members, double within) {
    double sum = 0;
    for (int member : members) {
      sum += sums[member];
    }
    return sum - within;
  }

  private double statistic(int[] members, double within) {
    double n = references;
    double m = members.length;
    double between = between(members, within);
    double rest = total - 2 * between - within;
    return rest / (n * (n - 1)) + within / (m * (m - 1)) - 2 * between / (n * m);
  }
}
