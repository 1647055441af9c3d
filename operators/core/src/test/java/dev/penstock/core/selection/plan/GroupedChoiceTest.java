package dev.penstock.core.selection.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.sampling.InclusionCounts;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares of groups and the choice of the lowest hashes in each, together. */
final class GroupedChoiceTest {

  private static final int SAMPLES = 100;

  @Test
  void takesExactlyTheTargetBalancedWithinASample() {
    int[] chosen = choose(7, 30, new int[] {1}, sample -> sample % 10 == 0 ? 1 : 0);

    assertThat(chosen).hasSize(30);
    assertThat(Arrays.stream(chosen).filter(sample -> sample % 10 == 0)).hasSize(10);
    assertThat(Arrays.stream(choose(7, 15, new int[] {1}, s -> s % 2)).filter(s -> s % 2 == 0))
        .hasSizeBetween(7, 8);
  }

  @Test
  void doesNotDependOnHowTheSamplesAreSplit() {
    for (int seed = 0; seed < 50; seed++) {
      int[] whole = choose(seed, 31, new int[] {1}, sample -> sample % 3);

      assertThat(choose(seed, 31, new int[] {3}, sample -> sample % 3)).isEqualTo(whole);
      assertThat(choose(seed, 31, new int[] {40, 7}, sample -> sample % 3)).isEqualTo(whole);
    }
  }

  @Test
  void everySampleOfEqualGroupsIsAsLikely() {
    InclusionCounts counts = new InclusionCounts();
    for (int seed = 0; seed < 1000; seed++) {
      counts.add(choose(seed, 30, new int[] {1}, sample -> sample % 4));
    }

    // The groups make the choice more even than one of all: the bound below is of 96 degrees.
    assertThat(counts.chiSquare(30)).isBetween(55.0, 148.2);
  }

  /** By parts of the given sizes, in turn, each of which knows nothing of the others. */
  private static int[] choose(int seed, long target, int[] parts, IntUnaryOperator group) {
    int groups = IntStream.range(0, SAMPLES).map(group).max().orElse(0) + 1;
    long[] sizes = new long[groups];
    IntStream.range(0, SAMPLES).map(group).forEach(g -> sizes[g]++);
    long size = new TargetSize(Ratio.percent(100), OptionalLong.of(target)).of(SAMPLES);
    long[] shares = BalancedShares.of(sizes, size, Balance.EXACT, seed);
    LowestKeys[] merged = new LowestKeys[groups];
    Arrays.setAll(merged, g -> new LowestKeys((int) shares[g]));
    long stream = SampleHash.stream(seed, 0);
    int from = 0;
    for (int turn = 0; from < SAMPLES; turn++) {
      int to = Math.min(from + parts[turn % parts.length], SAMPLES);
      LowestKeys[] ofPart = new LowestKeys[groups];
      Arrays.setAll(ofPart, g -> new LowestKeys((int) shares[g]));
      for (int sample = from; sample < to; sample++) {
        ofPart[group.applyAsInt(sample)].add(LowestKeys.key(SampleHash.of(stream, sample)), sample);
      }
      for (int g = 0; g < groups; g++) {
        merged[g].addAll(ofPart[g]);
      }
      from = to;
    }
    return Arrays.stream(merged)
        .flatMapToInt(lowest -> Arrays.stream(lowest.indexes()))
        .sorted()
        .toArray();
  }
}
