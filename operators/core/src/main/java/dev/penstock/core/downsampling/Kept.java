package dev.penstock.core.downsampling;

import dev.penstock.core.stats.Require;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Samples that a downsampler keeps. Equality is by identity.
 *
 * @param indexes ascending
 * @param weights of the samples, positive; only their ratios matter to a weighted mean of losses
 */
public record Kept(int[] indexes, float[] weights) {

  public Kept {
    Require.check(
        indexes.length == weights.length,
        "weights",
        "as many as indexes, " + indexes.length,
        weights.length);
  }

  /** Samples that all count the same. */
  public static Kept equally(int[] indexes) {
    float[] weights = new float[indexes.length];
    Arrays.fill(weights, 1);
    return new Kept(indexes, weights);
  }

  /** Of samples in any order, by their index. */
  static Kept sorted(int[] indexes, double[] weights) {
    int[] order =
        IntStream.range(0, indexes.length)
            .boxed()
            .sorted((a, b) -> Integer.compare(indexes[a], indexes[b]))
            .mapToInt(i -> i)
            .toArray();
    int[] sortedIndexes = new int[order.length];
    float[] sortedWeights = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      sortedIndexes[i] = indexes[order[i]];
      sortedWeights[i] = (float) weights[order[i]];
    }
    return new Kept(sortedIndexes, sortedWeights);
  }
}
