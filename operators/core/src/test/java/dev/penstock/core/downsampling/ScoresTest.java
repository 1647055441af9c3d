package dev.penstock.core.downsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.sampling.InclusionCounts;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Samples by a score of each. */
final class ScoresTest {

  @Test
  void gradientsAreThoseOfTheLoss() {
    double[][] logits = {{0.3, -1, 2}, {50, -50, 0}, {0.7}, {-40}};
    int[] labels = {1, 1, 0, 1};
    double[][] gradients = LastLayer.gradients(logits, labels);
    for (int i = 0; i < logits.length; i++) {
      for (int j = 0; j < logits[i].length; j++) {
        double step = 1e-6;
        double[] up = logits[i].clone();
        up[j] += step;
        double[] down = logits[i].clone();
        down[j] -= step;
        double slope =
            (LastLayer.crossEntropy(up, labels[i]) - LastLayer.crossEntropy(down, labels[i]))
                / (2 * step);
        assertThat(gradients[i][j]).isCloseTo(slope, within(1e-6));
      }
    }
    assertThat(LastLayer.crossEntropy(new double[] {800}, 0)).isEqualTo(800);
    assertThat(LastLayer.gradientNorm(new double[] {0, 0}, 0))
        .isCloseTo(Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void gradientsOfTheLastWeightsAreProductsWithTheEmbedding() {
    double[] gradient =
        LastLayer.gradients(new double[][] {{0, 0}}, new int[] {1}, new double[][] {{2, 3, 4}})[0];

    assertThat(gradient).containsExactly(0.5, -0.5, 1, 1.5, 2, -1, -1.5, -2);
  }

  @Test
  void theLeastCertainAreKept() {
    double[][] logits = {{4, 0, 0}, {1, 0.9, 0}, {0, 0, 0}, {2, 2, -5}};

    assertThat(Uncertainty.LEAST_CONFIDENCE.keep(logits, Ratio.percent(50)).indexes())
        .containsExactly(1, 2);
    assertThat(Uncertainty.MARGIN.keep(logits, Ratio.percent(50)).indexes()).containsExactly(2, 3);
    assertThat(Uncertainty.ENTROPY.keep(logits, Ratio.percent(1)).indexes()).containsExactly(2);
  }

  @Test
  void oneLogitIsOfTwoClasses() {
    assertThat(Uncertainty.LEAST_CONFIDENCE.ofLogits(new double[] {-3})).isEqualTo(3);
    assertThat(Uncertainty.MARGIN.ofLogits(new double[] {0})).isZero();
    double p = 1 / (1 + Math.exp(-1));
    assertThat(Uncertainty.MARGIN.ofLogits(new double[] {1})).isCloseTo(2 * p - 1, within(1e-12));
    assertThat(Uncertainty.ENTROPY.ofLogits(new double[] {1}))
        .isCloseTo(p * Math.log(p) + (1 - p) * Math.log(1 - p), within(1e-12));
    assertThat(Uncertainty.ENTROPY.ofLogits(new double[] {900, 0})).isZero();
  }

  @Test
  void weightsAreInverseProbabilities() {
    Kept all = ImportanceSampling.keep(new double[] {1, 2, 3, 4}, Ratio.percent(100), 0);

    assertThat(all.indexes()).containsExactly(0, 1, 2, 3);
    assertThat(all.weights())
        .containsExactly(new float[] {2.5f, 1.25f, 0.8333333f, 0.625f}, within(1e-6f));
  }

  @Test
  void drawsAreExactWithoutReplacementAndWeighedPositively() {
    for (int seed = 0; seed < 200; seed++) {
      int k = 1 + seed % 100;
      double[] scores = scores(seed);
      scores[3] = 0;

      Kept kept = ImportanceSampling.keep(scores, Ratio.percent(k), seed);

      assertThat(kept.indexes()).hasSize(k).doesNotHaveDuplicates().isSorted();
      for (float weight : kept.weights()) {
        assertThat(weight).isPositive().isFinite();
      }
    }
  }

  @Test
  void equalScoresAreAsLikely() {
    for (double score : new double[] {0, 2}) {
      InclusionCounts counts = new InclusionCounts();
      double[] scores = new double[100];
      Arrays.fill(scores, score);
      for (int seed = 0; seed < 1000; seed++) {
        counts.add(ImportanceSampling.keep(scores, Ratio.percent(20), seed).indexes());
      }

      assertThat(counts.chiSquare(20)).isBetween(60.0, 148.2);
    }
  }

  @Test
  void aSampleOfTwiceTheLossIsDrawnTwiceAsOften() {
    double[] scores = new double[100];
    Arrays.fill(scores, 1);
    scores[0] = 2;
    int drawn = 0;
    int seeds = 20_000;
    for (int seed = 0; seed < seeds; seed++) {
      drawn += ImportanceSampling.keep(scores, Ratio.percent(1), seed).indexes()[0] == 0 ? 1 : 0;
    }
    // 2 of 101; four standard deviations are 0.004.
    assertThat((double) drawn / seeds).isCloseTo(2 / 101.0, within(0.004));
  }

  @Test
  void whatCanStillBeLearntIsKept() {
    double[] reducible = RhoLoss.reducible(new double[] {9, 3, 5, 4}, new double[] {9, 0, 4, 0});

    assertThat(reducible).containsExactly(0, 3, 1, 4);
    assertThat(RhoLoss.keep(reducible, Ratio.percent(50)).indexes()).containsExactly(1, 3);
    assertThatThrownBy(() -> RhoLoss.reducible(new double[2], new double[3]))
        .hasMessage("irreducible losses must be as many as losses, 2, got 3");
  }

  @Test
  void randomSubsetsWithoutReplacementCutAnOrderIntoChunks() {
    Rs2 rs2 = new Rs2(Ratio.percent(30), Rs2.Replacement.WITHOUT);
    for (int seed = 0; seed < 50; seed++) {
      for (int round = 0; round < 3; round++) {
        int first = 3 * round;
        int roundSeed = seed;
        int[] all =
            IntStream.range(first, first + 3)
                .flatMap(epoch -> Arrays.stream(rs2.keep(10, epoch, roundSeed).indexes()))
                .toArray();
        assertThat(all).hasSize(9).doesNotHaveDuplicates();
      }
      assertThat(rs2.keep(10, 0, seed).indexes()).isSorted();
    }
    assertThat(rs2.keep(0, 3, 1).indexes()).isEmpty();
  }

  @Test
  void randomSubsetsAreUniform() {
    for (Rs2.Replacement replacement : Rs2.Replacement.values()) {
      Rs2 rs2 = new Rs2(Ratio.percent(20), replacement);
      InclusionCounts counts = new InclusionCounts();
      for (int seed = 0; seed < 1000; seed++) {
        counts.add(rs2.keep(100, 7, seed).indexes());
      }
      assertThat(counts.chiSquare(20)).isBetween(60.0, 148.2);
    }
  }

  @Test
  void balancedMeansTheShareOfEveryClass() {
    long[] labels = {5, 1, 5, 5, 5, 1, 9};
    double[] losses = {1, 9, 2, 3, 4, 8, 0};

    Kept kept =
        ByClass.keep(
            labels, members -> RhoLoss.keep(ByClass.at(losses, members), Ratio.percent(50)));

    assertThat(kept.indexes()).containsExactly(1, 3, 4, 6);
    assertThat(kept.weights()).containsOnly(1);
  }

  @Test
  void batchesAreCollectedUntilThereIsAWholeOne() {
    BatchThenSample plan = new BatchThenSample(32, new Ratio(125, 1000));

    assertThat(plan.kept()).isEqualTo(4);
    assertThat(plan.batchesPerUpdate()).isEqualTo(8);
    assertThat(plan.updates(100)).isEqualTo(12);
    assertThatThrownBy(() -> new BatchThenSample(32, Ratio.percent(100)))
        .hasMessage("kept of a batch must be less than batch-size and a divisor of it, 32, got 32");
  }

  @Test
  void refusesWhatIsNoScoreOrLabel() {
    assertThatThrownBy(() -> ImportanceSampling.probabilities(new double[] {1, -1}))
        .hasMessage("score must be finite and not negative, got -1.0");
    assertThatThrownBy(() -> LastLayer.gradient(new double[3], 3))
        .hasMessage("label must be from 0 to 2, got 3");
    assertThatThrownBy(() -> LastLayer.crossEntropy(new double[1], 2))
        .hasMessage("label must be from 0 to 1, got 2");
    assertThatThrownBy(() -> new Kept(new int[2], new float[1]))
        .hasMessage("weights must be as many as indexes, 2, got 1");
  }

  private static double[] scores(int seed) {
    long stream = SampleHash.stream(seed, 0);
    return IntStream.range(0, 100)
        .mapToDouble(i -> (SampleHash.of(stream, i) >>> 11) * 0x1p-53)
        .toArray();
  }
}
