package dev.penstock.core.distance.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.stats.Gaussian;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Maximum mean discrepancy and density difference of multivariate samples. */
final class KernelTestsTest {

  private static final double[][] A = {{0, 0}, {1, 0}, {3, 1}};
  private static final double[][] B = {{0, 2}, {1, 1}};

  @Test
  void mmdIsThatOfItsDefinition() {
    double sigma = 1.5;
    double unbiased = mean(A, A, sigma, 1) + mean(B, B, sigma, 1) - 2 * mean(A, B, sigma, 0);
    double biased = mean(A, A, sigma, 0) + mean(B, B, sigma, 0) - 2 * mean(A, B, sigma, 0);

    assertThat(Mmd.unbiased(A, B, sigma)).isCloseTo(unbiased, within(1e-14));
    assertThat(Mmd.biased(A, B, sigma)).isCloseTo(biased, within(1e-14));
    assertThat(Mmd.unbiased(B, A, sigma)).isCloseTo(unbiased, within(1e-14));
    assertThat(Mmd.unbiased(A, B, sigma, 0.5))
        .isCloseTo((unbiased + Mmd.unbiased(A, B, 0.5)) / 2, within(1e-14));
    assertThat(Mmd.biased(A, A, sigma)).isCloseTo(0, within(1e-14));
  }

  @Test
  void medianHeuristicTakesTheMiddleOfPairs() {
    double[][] line = {{0}, {1}, {4}};

    // Squared distances within: 1, 9, 16; between: 1, 4, 9, 16, 25, 64.
    assertThat(Mmd.medianSigma(line)).isCloseTo(Math.sqrt(4.5), within(1e-15));
    assertThat(Mmd.medianSigma(line, new double[][] {{5}, {-4}}))
        .isCloseTo(Math.sqrt(16 / 2.0), within(1e-15));
  }

  @Test
  void permutationsOfOnePartitionAreTies() {
    int[][] permutations = {{0, 1, 2, 3, 4}, {2, 1, 0, 4, 3}};

    PermutationResult result = Mmd.test(A, B, permutations, 1);

    assertThat(result.permuted()[1]).isEqualTo(result.statistic());
    assertThat(result.pValue()).isEqualTo(1);
    assertThat(result.validPValue()).isEqualTo(1);
    assertThat(result.threshold(0.05)).isEqualTo(result.statistic());
  }

  @Test
  void permutedStatisticsAreThoseOfThePermutedRows() {
    RandomGenerator random = new SplittableRandom(3);
    double[][] reference = normal(7, 4, /* mean= */ 0, random);
    double[][] current = normal(5, 4, /* mean= */ 1, random);
    int[][] permutations = PermutationResult.permutations(20, 12, random);

    PermutationResult result = Mmd.test(reference, current, permutations, 1.3);

    for (int b = 0; b < permutations.length; b++) {
      double[][] newReference = new double[7][];
      double[][] newCurrent = new double[5][];
      for (int i = 0; i < 12; i++) {
        int index = permutations[b][i];
        double[] row = index < 7 ? reference[index] : current[index - 7];
        if (i < 7) {
          newReference[i] = row;
        } else {
          newCurrent[i - 7] = row;
        }
      }
      assertThat(result.permuted()[b])
          .isCloseTo(Mmd.unbiased(newReference, newCurrent, 1.3), within(1e-14));
    }
  }

  @Test
  void tellsShiftedSamplesApartAndEqualOnesNot() {
    RandomGenerator random = new SplittableRandom(5);
    double[][] reference = normal(80, 3, /* mean= */ 0, random);
    double[][] same = normal(60, 3, /* mean= */ 0, random);
    double[][] shifted = normal(60, 3, /* mean= */ 1, random);
    double[][] centres = normal(20, 3, /* mean= */ 0, random);
    int[][] permutations = PermutationResult.permutations(100, 140, random);
    double sigma = Mmd.medianSigma(reference);

    assertThat(Mmd.test(reference, shifted, permutations, sigma).validPValue()).isLessThan(0.02);
    assertThat(Mmd.test(reference, same, permutations, sigma).pValue()).isGreaterThan(0.05);
    assertThat(Lsdd.test(reference, shifted, centres, sigma, 0.2, permutations).validPValue())
        .isLessThan(0.02);
    assertThat(Lsdd.test(reference, same, centres, sigma, 0.2, permutations).pValue())
        .isGreaterThan(0.05);
  }

  @Test
  void densityDifferenceHasItsClosedFormOnOneCentre() {
    double[][] centre = {{0}};
    double[][] reference = {{0}};
    double[][] current = {{2}};
    int[][] permutations = {{0, 1}};

    // H = 1, h = 1 - exp(-2), θ = h / (1 + λ); the estimates differ by λ / (1 + λ) < 0.3 for 1/4.
    double h = 1 - Math.exp(-2);
    double theta = h / 1.25;

    assertThat(Lsdd.test(reference, current, centre, 1, 0.3, permutations).statistic())
        .isCloseTo(2 * h * theta - theta * theta, within(1e-14));
  }

  @Test
  void permutationsAreSeededAndFair() {
    int[][] permutations = PermutationResult.permutations(3000, 3, new SplittableRandom(7));
    int[] first = new int[3];
    for (int[] permutation : permutations) {
      assertThat(permutation).containsExactlyInAnyOrder(0, 1, 2);
      first[permutation[0]]++;
    }

    assertThat(first)
        .satisfies(
            counts -> {
              for (int count : counts) {
                assertThat(count).isBetween(850, 1150);
              }
            });
    assertThat(PermutationResult.permutations(3000, 3, new SplittableRandom(7)))
        .isDeepEqualTo(permutations);
  }

  @Test
  void refusesWhatItCannotCompare() {
    int[][] identity = {{0, 1, 2, 3, 4}};
    assertThatThrownBy(() -> Mmd.unbiased(A, new double[][] {{1, 2}}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("current must have at least 2 rows, got 1");
    assertThatThrownBy(() -> Mmd.unbiased(A, new double[][] {{1, 2}, {1}}, 1))
        .hasMessage("rows of current must have 2 features, got 1");
    assertThatThrownBy(() -> Mmd.unbiased(new double[][] {{}, {}}, B, 1))
        .hasMessage("rows of reference must have features, got none");
    assertThatThrownBy(() -> Mmd.unbiased(A, B, 1, 0))
        .hasMessage("sigma must be positive and finite, got 0.0");
    assertThatThrownBy(() -> Mmd.unbiased(A, B))
        .hasMessage("sigmas must have at least 1 values, got 0");
    assertThatThrownBy(() -> Mmd.test(A, B, new int[][] {{0, 1, 2, 3, 3}}, 1))
        .hasMessage("a permutation must have 5 distinct indexes, got 4 of 5");
    assertThatThrownBy(() -> Mmd.test(A, B, new int[][] {{0, 1, 2, 3, 5}}, 1))
        .hasMessage("indexes of a permutation must be in [0, 5), got 5");
    assertThatThrownBy(() -> Mmd.test(A, B, new int[0][], 1))
        .hasMessage("permutations must have at least 1, got 0");
    assertThatThrownBy(() -> Mmd.test(A, B, identity, 1).threshold(1))
        .hasMessage("level must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> Lsdd.test(A, B, A, 1, 1, identity))
        .hasMessage("largestDifference must be in (0, 1), got 1.0");
    assertThatThrownBy(() -> PermutationResult.permutations(0, 5, new SplittableRandom(1)))
        .hasMessage("count must be positive, got 0");
  }

  /** Mean kernel over pairs, without those of a row with itself where it is left out. */
  private static double mean(double[][] x, double[][] y, double sigma, int leftOut) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        double squared = 0;
        for (int k = 0; k < x[i].length; k++) {
          squared += (x[i][k] - y[j][k]) * (x[i][k] - y[j][k]);
        }
        sum += leftOut == 1 && i == j ? 0 : Math.exp(-squared / (2 * sigma * sigma));
      }
    }
    return sum / (x.length * (double) (y.length - leftOut));
  }

  private static double[][] normal(int rows, int features, double mean, RandomGenerator random) {
    double[][] sample = new double[rows][];
    for (int i = 0; i < rows; i++) {
      sample[i] = Gaussian.sample(features, mean, random);
    }
    return sample;
  }
}
