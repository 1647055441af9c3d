package dev.penstock.core.selection.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many samples of which group. */
final class SharesTest {

  @Test
  void waterFillsGroups() {
    long[] sizes = {30, 50, 40, 20};

    assertThat(BalancedShares.level(sizes, 100)).isEqualTo(26);
    assertThat(BalancedShares.of(sizes, 100, Balance.FAIR, 0)).containsExactly(26, 26, 26, 20);
    assertThat(BalancedShares.of(sizes, 100, Balance.EQUAL, 0)).containsExactly(20, 20, 20, 20);
    assertThat(BalancedShares.of(sizes, 1000, Balance.EXACT, 0)).containsExactly(30, 50, 40, 20);
    assertThat(BalancedShares.of(new long[0], 10, Balance.FAIR, 0)).isEmpty();
  }

  /** Modyn's recursion removes only the first of several groups of the same size. */
  @Test
  void groupsOfTheSameSizeAreAllWaterFilled() {
    assertThat(BalancedShares.level(new long[] {10, 10, 100, 100}, 120)).isEqualTo(50);
    assertThat(BalancedShares.of(new long[] {10, 10, 100, 100}, 120, Balance.EXACT, 0))
        .containsExactly(10, 10, 50, 50);
  }

  @Test
  void exactSharesMeetTheTargetAndDifferByOneAtMost() {
    for (int seed = 0; seed < 1000; seed++) {
      long[] sizes = sizes(seed);
      long total = Arrays.stream(sizes).sum();
      long target = Long.remainderUnsigned(SampleHash.derive(seed, 1), 2 * total + 1);

      long[] shares = BalancedShares.of(sizes, target, Balance.EXACT, seed);

      assertThat(Arrays.stream(shares).sum()).isEqualTo(Math.min(target, total));
      long most = Arrays.stream(shares).max().orElse(0);
      for (int i = 0; i < sizes.length; i++) {
        assertThat(shares[i]).isBetween(Math.min(sizes[i], most - 1), sizes[i]);
      }
      assertThat(BalancedShares.of(sizes, target, Balance.FAIR, seed))
          .satisfies(fair -> assertThat(Arrays.stream(fair).sum()).isLessThanOrEqualTo(target));
    }
  }

  @Test
  void noGroupIsPreferredForTheSampleThatIsLeftOver() {
    int[] counts = new int[4];
    for (int seed = 0; seed < 1000; seed++) {
      long[] shares = BalancedShares.of(new long[] {9, 9, 9, 9}, 9, Balance.EXACT, seed);
      counts[IntStream.range(0, 4).filter(i -> shares[i] == 3).findFirst().orElseThrow()]++;
    }
    // Each is binomial with mean 250; four standard deviations are 55.
    assertThat(Arrays.stream(counts)).allMatch(count -> count >= 195 && count <= 305);
  }

  @Test
  void proportionalSharesMeetTheTargetAndAreOffByLessThanASample() {
    for (int seed = 0; seed < 1000; seed++) {
      long[] sizes = sizes(seed);
      long total = Arrays.stream(sizes).sum();
      long target = Long.remainderUnsigned(SampleHash.derive(seed, 1), total + 1);

      long[] shares = ProportionalShares.of(sizes, target);

      assertThat(Arrays.stream(shares).sum()).isEqualTo(target);
      for (int i = 0; i < sizes.length; i++) {
        assertThat(Math.abs(shares[i] - (double) sizes[i] * target / Math.max(total, 1)))
            .isLessThan(1);
      }
    }
    assertThat(ProportionalShares.of(new long[] {1L << 40, 1L << 41}, 3L << 38))
        .containsExactly(1L << 38, 1L << 39);
  }

  @Test
  void strataAreSpansOfTimeSinceTheEpoch() {
    TimeStrata equal = new TimeStrata(Duration.ofHours(1), TimeStrata.Spread.EQUAL);
    TimeStrata proportional = new TimeStrata(Duration.ofHours(1), TimeStrata.Spread.PROPORTIONAL);

    assertThat(equal.stratum(3_599_999)).isZero();
    assertThat(equal.stratum(-1)).isEqualTo(-1);
    assertThat(equal.shares(new long[] {1000, 10}, 20, 0)).containsExactly(10, 10);
    assertThat(proportional.shares(new long[] {1000, 10}, 101, 0)).containsExactly(100, 1);
    assertThatThrownBy(() -> new TimeStrata(Duration.ZERO, TimeStrata.Spread.EQUAL))
        .hasMessage("width must be at least 1 ms, got 0");
  }

  @Test
  void freshnessIsBoundByTheGroupThatIsExhaustedFirst() {
    FreshnessShares half = new FreshnessShares(50, OptionalLong.empty());

    assertThat(half.of(100, 200)).isEqualTo(new FreshnessShares.Mix(100, 100));
    assertThat(half.of(200, 10)).isEqualTo(new FreshnessShares.Mix(10, 10));
    assertThat(half.of(7, 0)).isEqualTo(new FreshnessShares.Mix(7, 0));
    assertThat(new FreshnessShares(90, OptionalLong.of(100)).of(100, 100))
        .isEqualTo(new FreshnessShares.Mix(90, 10));
    assertThat(new FreshnessShares(50, OptionalLong.of(3)).of(7, 0).size()).isEqualTo(3);
    assertThatThrownBy(() -> new FreshnessShares(100, OptionalLong.empty()))
        .hasMessage("unused-data-ratio must be from 1 to 99, got 100");
  }

  @Test
  void freshnessNeverTakesMoreThanThereIsNorThanTheLimit() {
    for (int seed = 0; seed < 1000; seed++) {
      int percent = 1 + (int) Long.remainderUnsigned(SampleHash.derive(seed, 1), 99);
      long unused = Long.remainderUnsigned(SampleHash.derive(seed, 2), 500);
      long used = Long.remainderUnsigned(SampleHash.derive(seed, 3), 500);
      long limit = Long.remainderUnsigned(SampleHash.derive(seed, 4), 500);

      FreshnessShares.Mix mix =
          new FreshnessShares(percent, OptionalLong.of(limit)).of(unused, used);

      assertThat(mix.unused()).isBetween(0L, unused);
      assertThat(mix.used()).isBetween(0L, used);
      assertThat(mix.size()).isLessThanOrEqualTo(limit);
      FreshnessShares.Mix all = new FreshnessShares(percent, OptionalLong.empty()).of(unused, used);
      assertThat(mix.size()).isEqualTo(Math.min(all.size(), limit));
    }
  }

  @Test
  void theTargetIsTheSmallerOfShareAndLimit() {
    assertThat(new TargetSize(Ratio.percent(50), OptionalLong.empty()).of(19)).isEqualTo(9);
    assertThat(new TargetSize(Ratio.percent(50), OptionalLong.of(6)).of(19)).isEqualTo(6);
    assertThatThrownBy(() -> new TargetSize(Ratio.percent(50), OptionalLong.of(-1)))
        .hasMessage("limit must be at least 0, got -1");
  }

  private static long[] sizes(int seed) {
    int groups = 1 + (int) Long.remainderUnsigned(SampleHash.derive(seed, 0), 8);
    return IntStream.range(0, groups)
        .mapToLong(i -> Long.remainderUnsigned(SampleHash.derive(seed, 10 + i), 40))
        .toArray();
  }
}
