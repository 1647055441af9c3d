package dev.penstock.worker.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EpochOrderTest {

  @Test
  void isAPermutationThatSeedAndEpochDetermine() {
    int[] first = shuffled(1, 1);

    assertThat(first).containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
    assertThat(shuffled(1, 1)).isEqualTo(first);
    assertThat(shuffled(1, 2)).isNotEqualTo(first);
    assertThat(shuffled(2, 1)).isNotEqualTo(first);
  }

  private static int[] shuffled(long seed, int epoch) {
    int[] indexes = IntStream.range(0, 100).toArray();
    EpochOrder.shuffle(indexes, seed, epoch);
    return indexes;
  }
}
