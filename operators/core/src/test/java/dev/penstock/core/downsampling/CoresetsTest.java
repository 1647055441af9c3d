package dev.penstock.core.downsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Fit;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Settings;
import dev.penstock.core.downsampling.OrthogonalMatchingPursuit.Signs;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.submodular.Greedy;
import dev.penstock.core.submodular.PartitionedGreedy;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Samples that stand for the others. */
final class CoresetsTest {

  private static final PartitionedGreedy LAZY = new PartitionedGreedy(1, Greedy.lazy(), 0);

  @Test
  void centersAreTheFarthestPoints() {
    double[][] points = {{0}, {1}, {5}, {9}, {10}, {20}};
    KCenterGreedy greedy = new KCenterGreedy(points);

    greedy.choose(0);

    assertThat(greedy.radius()).isEqualTo(20);
    assertThat(IntStream.range(0, 5).map(i -> greedy.chooseFarthest()))
        .containsExactly(5, 4, 2, 1, 3);
    assertThat(greedy.radius()).isZero();
    assertThatThrownBy(greedy::chooseFarthest)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("All 6 points are chosen");
  }

  @Test
  void centersAreDistinctEvenWherePointsAreNot() {
    double[][] points = new double[10][2];

    assertThat(KCenterGreedy.keep(points, Ratio.percent(70), 1).indexes())
        .hasSize(7)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(KCenterGreedy.keep(new double[0][], Ratio.percent(70), 1).indexes()).isEmpty();
  }

  @Test
  void theRadiusIsAtMostTwiceTheLeast() {
    for (int seed = 0; seed < 20; seed++) {
      double[][] points = random(seed, 12, 2);
      KCenterGreedy greedy = new KCenterGreedy(points);
      greedy.choose(0);
      greedy.chooseFarthest();
      greedy.chooseFarthest();
      double least = Double.POSITIVE_INFINITY;
      for (int a = 0; a < 12; a++) {
        for (int b = 0; b < a; b++) {
          for (int c = 0; c < b; c++) {
            KCenterGreedy any = new KCenterGreedy(points);
            IntStream.of(a, b, c).forEach(any::choose);
            least = Math.min(least, any.radius());
          }
        }
      }
      assertThat(greedy.radius()).isLessThanOrEqualTo(2 * least + 1e-12);
    }
  }

  @Test
  void craigWeighsByHowManyASampleStandsFor() {
    double[][] gradients = {{0, 0}, {1, 0}, {4, 0}, {0, 0}, {0, 2}, {0, 3}};
    long[] labels = {0, 0, 0, 1, 1, 1};

    Kept kept = new Craig(LAZY).keep(gradients, labels, Ratio.percent(50));

    assertThat(kept.indexes()).containsExactly(1, 2, 4);
    assertThat(kept.weights()).containsExactly(3, 2, 4);
  }

  @Test
  void craigKeepsExactlyTheShareWithPositiveWeights() {
    for (int seed = 0; seed < 30; seed++) {
      double[][] gradients = random(seed, 40, 3);
      long[] labels = IntStream.range(0, 40).mapToLong(i -> i % 3).toArray();

      Kept kept = new Craig(LAZY).keep(gradients, labels, Ratio.percent(30));

      assertThat(kept.indexes()).hasSize(12).isSorted().doesNotHaveDuplicates();
      int sum = 0;
      for (float weight : kept.weights()) {
        assertThat(weight).isGreaterThanOrEqualTo(1);
        sum += (int) weight;
      }
      assertThat(sum).isEqualTo(40 + 12);
    }
  }

  @Test
  void submodularKeepsTheShareWhateverTheObjective() {
    for (Submodular.Objective objective : Submodular.Objective.values()) {
      double[][] gradients = random(4, 40, 3);

      Kept kept = new Submodular(objective, LAZY).keep(gradients, Ratio.percent(30));

      assertThat(kept.indexes()).hasSize(12).isSorted().doesNotHaveDuplicates();
      assertThat(kept.weights()).containsOnly(1);
    }
  }

  @Test
  void gradMatchWeighsGradientsToTheirMean() {
    double[][] gradients = {{4, 0}, {0, 3}, {2, 2}, {-1, 1}};
    GradMatch gradMatch = new GradMatch(1);

    assertThat(gradMatch.keep(gradients, new Ratio(1, 4)).weights()).containsExactly(1);
    Kept two = gradMatch.keep(gradients, new Ratio(2, 4));
    assertThat(two.indexes()).containsExactly(1, 2);
    assertThat(two.weights()).containsExactly(new float[] {0.138889f, 0.518519f}, within(1e-6f));
  }

  @Test
  void gradMatchKeepsSomethingOfAnything() {
    GradMatch gradMatch = new GradMatch(1);

    assertThat(gradMatch.keep(new double[4][3], Ratio.percent(50)).indexes()).hasSize(2);
    assertThat(gradMatch.keep(new double[][] {{1}, {-1}}, Ratio.percent(100)).indexes())
        .isNotEmpty();
    assertThat(gradMatch.keep(new double[0][], Ratio.percent(50)).indexes()).isEmpty();
    assertThatThrownBy(() -> new GradMatch(0))
        .hasMessage("penalty must be positive and finite, got 0.0");
  }

  @Test
  void gradMatchWeightsArePositive() {
    for (int seed = 0; seed < 50; seed++) {
      Kept kept = new GradMatch(1).keep(random(seed, 30, 5), Ratio.percent(40));

      assertThat(kept.indexes()).hasSizeBetween(1, 12).isSorted().doesNotHaveDuplicates();
      for (float weight : kept.weights()) {
        assertThat(weight).isPositive();
      }
    }
  }

  @Test
  void moreAtomsNeverMissMore() {
    for (int seed = 0; seed < 50; seed++) {
      double[][] vectors = random(seed, 12, 8);
      double[] target = random(100 + seed, 1, 8)[0];
      for (Signs signs : new Signs[] {Signs.ANY, Signs.NON_NEGATIVE}) {
        double missing = Double.POSITIVE_INFINITY;
        for (int atoms = 0; atoms <= 12; atoms++) {
          Fit fit =
              OrthogonalMatchingPursuit.fit(vectors, target, new Settings(atoms, 0, 1e-10, signs));
          if (signs == Signs.ANY) {
            assertThat(fit.missing()).isLessThanOrEqualTo(missing + 1e-12);
          } else {
            assertThat(Arrays.stream(fit.coefficients())).allMatch(x -> x >= 0);
          }
          missing = fit.missing();
        }
        if (signs == Signs.ANY) {
          assertThat(missing).isLessThan(1e-9);
        }
      }
    }
  }

  @Test
  void vectorsThatDependOnTheAtomsAreNoAtoms() {
    double[][] vectors = {{1, 0, 0}, {2, 0, 0}, {1, 1, 0}, {2, 2, 0}};

    Fit fit =
        OrthogonalMatchingPursuit.fit(
            vectors, new double[] {3, 1, 1}, new Settings(4, 0, 0, Signs.NON_NEGATIVE_AT_LAST));

    assertThat(fit.atoms()).hasSize(2);
    assertThat(fit.missing()).isCloseTo(1, within(1e-12));
  }

  /** At the minimum no component of the gradient is negative, and those of what is used are 0. */
  @Test
  void leastSquaresAreNonNegativeAndLeast() {
    for (int seed = 0; seed < 200; seed++) {
      double[][] a = random(seed, 6, 6);
      double[] b = random(1000 + seed, 1, 6)[0];

      double[] x = NonNegativeLeastSquares.solve(a, b);

      for (int i = 0; i < 6; i++) {
        int column = i;
        double gradient =
            IntStream.range(0, 6)
                .mapToDouble(
                    r ->
                        a[r][column]
                            * (IntStream.range(0, 6).mapToDouble(j -> a[r][j] * x[j]).sum() - b[r]))
                .sum();
        assertThat(x[i]).isNotNegative();
        assertThat(gradient).isGreaterThan(-1e-9);
        assertThat(x[i] * gradient).isCloseTo(0, within(1e-8));
      }
    }
    assertThat(NonNegativeLeastSquares.solve(new double[2][2], new double[2])).containsOnly(0);
  }

  @Test
  void aFactorSolvesItsEquationsAndRefusesDependentRows() {
    GrowingCholesky factor = new GrowingCholesky();

    assertThat(factor.add(new double[] {4})).isTrue();
    assertThat(factor.add(new double[] {4, 4})).isFalse();
    assertThat(factor.add(new double[] {2, 5})).isTrue();
    assertThat(factor.solve(new double[] {8, 12}))
        .satisfies(x -> assertThat(4 * x[0] + 2 * x[1]).isCloseTo(8, within(1e-12)))
        .satisfies(x -> assertThat(2 * x[0] + 5 * x[1]).isCloseTo(12, within(1e-12)));
    assertThat(factor.add(new double[] {0, 0, 0})).isFalse();
  }

  private static double[][] random(int seed, int size, int width) {
    double[][] rows = new double[size][width];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] = SampleHash.of(SampleHash.stream(seed, i), j) * 0x1p-63;
      }
    }
    return rows;
  }
}
