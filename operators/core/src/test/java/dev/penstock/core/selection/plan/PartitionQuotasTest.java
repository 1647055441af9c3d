package dev.penstock.core.selection.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Quotas are those of a uniform choice without replacement. */
final class PartitionQuotasTest {

  @Test
  void addUpAndNeverExceedWhatThereIs() {
    long[] sizes = {0, 5, 100, 1, 17};
    for (int wanted = 0; wanted <= 123; wanted++) {
      long[] quotas = PartitionQuotas.of(sizes, wanted, wanted);

      assertThat(Arrays.stream(quotas).sum()).isEqualTo(wanted);
      for (int i = 0; i < sizes.length; i++) {
        assertThat(quotas[i]).isBetween(0L, sizes[i]);
      }
    }
  }

  /** Mean and variance are those of the hypergeometric distribution. */
  @Test
  void areHypergeometric() {
    for (int wanted : new int[] {30, 70}) {
      double sum = 0;
      double squares = 0;
      int seeds = 20_000;
      for (int seed = 0; seed < seeds; seed++) {
        long quota = PartitionQuotas.of(new long[] {40, 60}, wanted, seed)[0];
        sum += quota;
        squares += (double) quota * quota;
      }
      double mean = sum / seeds;
      double variance = wanted * 0.4 * 0.6 * (100 - wanted) / 99.0;

      assertThat(mean).isCloseTo(0.4 * wanted, within(5 * Math.sqrt(variance / seeds)));
      assertThat(squares / seeds - mean * mean).isCloseTo(variance, within(0.05 * variance));
    }
  }

  @Test
  void moreThanThereIsIsRefused() {
    assertThatThrownBy(() -> PartitionQuotas.of(new long[] {1, 2}, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wanted must be from 0 to the samples 3, got 4");
  }
}
