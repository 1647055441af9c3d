package dev.penstock.core.distance.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Selection among all pairs, with and without a sample of them. */
final class RankedDistanceTest {

  @Test
  void isThatOfAllPairsInOrderWhetherTheyAreHeldOrNot() {
    for (int size : new int[] {2, 3, 50, 1500}) {
      double[][] rows = normal(size, 3, 1);
      double[] all = sorted(rows);
      RankedDistance ranked = RankedDistance.within(rows);

      for (int rank : new int[] {0, (all.length - 1) / 2, all.length - 1}) {
        assertThat(ranked.at(rank))
            .as("rank %d of %d", rank, size)
            .isCloseTo(all[rank], within(1e-12));
      }
    }
  }

  @Test
  void tiesDoNotHaveToBeHeld() {
    double[][] rows = new double[1600][1];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = i % 2;
    }
    RankedDistance ranked = RankedDistance.within(rows);

    // 799 * 800 pairs of equal ones, 800 * 800 others.
    assertThat(ranked.at(799 * 800 - 1)).isCloseTo(0, within(1e-12));
    assertThat(ranked.at(799 * 800)).isEqualTo(1);
  }

  @Test
  void betweenSamplesEachPairCountsOnce() {
    double[][] x = normal(1100, 2, 1);
    double[][] y = normal(1000, 2, 2);
    double[] all = new double[x.length * y.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = SquaredDistances.between(x[i / y.length], y[i % y.length]);
    }
    Arrays.sort(all);

    assertThat(RankedDistance.between(x, y).at(all.length / 3))
        .isCloseTo(all[all.length / 3], within(1e-12));
  }

  @Test
  void amongTooFewNumbersThereIsNone() {
    double[][] rows = {{Double.NaN}, {1}, {2}};

    assertThat(RankedDistance.within(rows).at(0)).isEqualTo(1);
    assertThat(RankedDistance.within(rows).at(1)).isNaN();
  }

  private static double[] sorted(double[][] rows) {
    double[] all = new double[rows.length * (rows.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        all[next++] = SquaredDistances.between(rows[i], rows[j]);
      }
    }
    Arrays.sort(all);
    return all;
  }

  private static double[][] normal(int size, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[size][width];
    for (double[] row : rows) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    return rows;
  }
}
