package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;
import java.util.Arrays;

/**
 * Chooses points so that no point is far from a chosen one: always the one that is farthest from
 * all chosen so far, by Euclidean distance, in case of a tie the first.
 *
 * <p>At most twice the least possible radius (Gonzalez: Clustering to Minimize the Maximum
 * Intercluster Distance, Theoretical Computer Science 38, 1985); for training sets Sener, Savarese:
 * Active Learning for Convolutional Neural Networks: A Core-Set Approach, ICLR 2018. {@code O(n d)}
 * time for each chosen point, {@code O(n)} memory.
 */
public final class KCenterGreedy {

  private final double[][] points;

  /** Squared distance of each point to the nearest chosen one. */
  private final double[] squaredDistances;

  /** Nothing is chosen yet. */
  public KCenterGreedy(double[][] points) {
    this.points = points;
    squaredDistances = new double[points.length];
    Arrays.fill(squaredDistances, Double.POSITIVE_INFINITY);
  }

  /** Keeps the share of points, each counting the same; the first is random. */
  public static Kept keep(double[][] points, Ratio ratio, long seed) {
    int count = ratio.kept(points.length);
    if (count == 0) {
      return Kept.equally(new int[0]);
    }
    KCenterGreedy greedy = new KCenterGreedy(points);
    int[] chosen = new int[count];
    chosen[0] =
        (int) Long.remainderUnsigned(SampleHash.of(SampleHash.stream(seed, 0), 0), points.length);
    greedy.choose(chosen[0]);
    for (int i = 1; i < count; i++) {
      chosen[i] = greedy.chooseFarthest();
    }
    Arrays.sort(chosen);
    return Kept.equally(chosen);
  }

  /** Chooses a point. */
  public void choose(int index) {
    for (int i = 0; i < points.length; i++) {
      if (squaredDistances[i] >= 0) {
        squaredDistances[i] = Math.min(squaredDistances[i], squared(points[i], points[index]));
      }
    }
    // Never to be chosen again, even if all others are at the same place.
    squaredDistances[index] = -1;
  }

  /**
   * Chooses the farthest point.
   *
   * @throws IllegalStateException if all are chosen
   */
  public int chooseFarthest() {
    int farthest = farthest();
    if (squaredDistances[farthest] < 0) {
      throw new IllegalStateException("All " + points.length + " points are chosen");
    }
    choose(farthest);
    return farthest;
  }

  /** Distance of the farthest point to the nearest chosen one; 0 where all are chosen. */
  public double radius() {
    return Math.sqrt(Math.max(squaredDistances[farthest()], 0));
  }

  private int farthest() {
    Require.check(points.length > 0, "points", "at least 1", points.length);
    int farthest = 0;
    for (int i = 1; i < points.length; i++) {
      if (squaredDistances[i] > squaredDistances[farthest]) {
        farthest = i;
      }
    }
    return farthest;
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
