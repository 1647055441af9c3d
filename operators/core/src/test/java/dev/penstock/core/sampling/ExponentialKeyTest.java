package dev.penstock.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExponentialKeyTest {

  @Test
  void withEqualWeightsTheLowestKeysAreTheLowestHashes() {
    long stream = SampleHash.stream(1, 0);
    LowestKeys byHash = new LowestKeys(50);
    for (int i = 0; i < 1000; i++) {
      byHash.add(LowestKeys.key(SampleHash.of(stream, i)), i);
    }

    double[] keys =
        IntStream.range(0, 1000)
            .mapToDouble(i -> ExponentialKey.of(SampleHash.of(stream, i), 3.5))
            .toArray();

    assertThat(LowestKeys.indexes(keys, 50)).isEqualTo(byHash.indexes());
  }

  /**
   * Of weights 1, 2 and 7 the first draw is theirs in proportion; of two draws, 1 is among them
   * with {@code 0.1 + 0.2 * 1/8 + 0.7 * 1/3}.
   */
  @Test
  void drawsInProportionToTheWeightsThatAreLeft() {
    int seeds = 20_000;
    int[] first = new int[3];
    int lightest = 0;
    for (int seed = 0; seed < seeds; seed++) {
      long stream = SampleHash.stream(seed, 0);
      double[] keys = new double[3];
      for (int i = 0; i < 3; i++) {
        keys[i] = ExponentialKey.of(SampleHash.of(stream, i), Math.log(new int[] {1, 2, 7}[i]));
      }
      first[LowestKeys.indexes(keys, 1)[0]]++;
      lightest += LowestKeys.indexes(keys, 2)[0] == 0 ? 1 : 0;
    }

    // Four standard deviations of a share are 0.014 at most.
    assertThat((double) first[0] / seeds).isCloseTo(0.1, within(0.014));
    assertThat((double) first[1] / seeds).isCloseTo(0.2, within(0.014));
    assertThat((double) lightest / seeds).isCloseTo(0.1 + 0.2 / 8 + 0.7 / 3, within(0.014));
  }

  /** Close to it on both sides, for weights of samples of today with a half-life of a second. */
  @Test
  void noHashAboveTheHighestHasSuchAKey() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      double logWeight = random.nextDouble() * (i % 2 == 0 ? 1.2e9 : 10);
      long hash = random.nextLong() >>> random.nextInt(50);
      double key = ExponentialKey.of(hash, logWeight);
      long highest = ExponentialKey.highestHash(key, logWeight);

      assertThat(Long.compareUnsigned(hash, highest)).isNotPositive();
      if (i % 2 != 0) {
        assertThat((double) (highest >>> 12))
            .isLessThanOrEqualTo((double) (hash >>> 12) * (1 + 1e-9) + 4);
      }
    }
  }

  @Test
  void everyHashHasAFiniteKey() {
    for (long hash : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(ExponentialKey.of(hash, -700)).isFinite();
    }
    assertThatThrownBy(() -> ExponentialKey.of(0, Double.NEGATIVE_INFINITY))
        .hasMessage("log weight must be finite, got -Infinity");
  }
}
