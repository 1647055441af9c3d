package dev.penstock.core.distance.kernel;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What a permutation test says: the statistic of the samples, and those of the pool dealt out anew,
 * one for each permutation.
 */
public record PermutationResult(double statistic, double[] permuted) {

  /**
   * Differences up to here are rounding: one partition's sum may come in several orders. Statistics
   * here are of order 1 at most, as kernels are.
   */
  private static final double ROUNDING = 1e-12;

  /** Share of permutations with a statistic at least as large, in [0, 1]. */
  public double pValue() {
    return (double) atLeastAsLarge() / permuted.length;
  }

  /**
   * The same with the samples' own statistic counted, {@code (k + 1) / (B + 1)}: never 0, and valid
   * for any number of permutations (Phipson and Smyth, Permutation p-values should never be zero,
   * 2010).
   */
  public double validPValue() {
    return (atLeastAsLarge() + 1.0) / (permuted.length + 1.0);
  }

  /**
   * The statistic that a share {@code level} of the permutations exceeds.
   *
   * @param level in [0, 1)
   * @throws IllegalArgumentException if the level is not
   */
  public double threshold(double level) {
    if (!(level >= 0 && level < 1)) {
      throw new IllegalArgumentException("level must be in [0, 1), got " + level);
    }
    double[] ascending = permuted.clone();
    Arrays.sort(ascending);
    return ascending[ascending.length - 1 - (int) (level * ascending.length)];
  }

  private int atLeastAsLarge() {
    int count = 0;
    for (double value : permuted) {
      count += value >= statistic - ROUNDING ? 1 : 0;
    }
    return count;
  }

  /**
   * Draws permutations of the rows of a pool.
   *
   * @param count at least 1
   * @param rows of the pool, at least 1
   * @throws IllegalArgumentException if either is less
   */
  public static int[][] permutations(int count, int rows, RandomGenerator random) {
    if (count < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "%s must be positive, got %d"
              .formatted(count < 1 ? "count" : "rows", Math.min(count, rows)));
    }
    int[][] permutations = new int[count][rows];
    for (int[] permutation : permutations) {
      for (int i = 0; i < rows; i++) {
        int j = random.nextInt(i + 1);
        permutation[i] = permutation[j];
        permutation[j] = i;
      }
    }
    return permutations;
  }

  /** Demands that each is one of the numbers from 0. */
  static void requirePermutations(int[][] permutations, int rows) {
    if (permutations.length == 0) {
      throw new IllegalArgumentException("permutations must have at least 1, got 0");
    }
    for (int[] permutation : permutations) {
      boolean[] seen = new boolean[rows];
      int distinct = 0;
      for (int index : permutation) {
        if (index < 0 || index >= rows) {
          throw new IllegalArgumentException(
              "indexes of a permutation must be in [0, %d), got %d".formatted(rows, index));
        }
        distinct += seen[index] ? 0 : 1;
        seen[index] = true;
      }
      if (permutation.length != rows || distinct != rows) {
        throw new IllegalArgumentException(
            "a permutation must have %d distinct indexes, got %d of %d"
                .formatted(rows, distinct, permutation.length));
      }
    }
  }
}
