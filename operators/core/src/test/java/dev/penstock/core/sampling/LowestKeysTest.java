package dev.penstock.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LowestKeysTest {

  @Test
  void keepsTheLowestOfAll() {
    assertThat(LowestKeys.indexes(new double[] {3, -1, 2, -0.0, 0, 5}, 3)).containsExactly(1, 3, 4);
    assertThat(LowestKeys.indexes(new double[] {3, 1}, 5)).containsExactly(0, 1);
    assertThat(LowestKeys.indexes(new double[] {3, 1}, 0)).isEmpty();
  }

  @Test
  void ofEqualKeysKeepsTheLowestIds() {
    assertThat(LowestKeys.indexes(new double[] {1, 0, 1, 1, 0}, 3)).containsExactly(0, 1, 4);
  }

  @Test
  void agreesWithSortingHoweverTheStreamIsSplitAndOrdered() {
    for (int k : new int[] {1, 2, 15, 16, 17, 100, 999, 1000}) {
      long[] expected =
          LongStream.range(0, 1000)
              .boxed()
              .sorted((a, b) -> Long.compareUnsigned(hash(a), hash(b)))
              .limit(k)
              .mapToLong(id -> id)
              .sorted()
              .toArray();
      for (int parts : new int[] {1, 2, 7, 1000}) {
        LowestKeys merged = new LowestKeys(k);
        for (int part = parts - 1; part >= 0; part--) {
          LowestKeys lowest = new LowestKeys(k);
          for (long id = 999L - part; id >= 0; id -= parts) {
            lowest.add(LowestKeys.key(hash(id)), id);
          }
          merged.addAll(lowest);
        }
        assertThat(merged.ids()).isEqualTo(expected);
        assertThat(merged.size()).isEqualTo(k);
      }
    }
  }

  @Test
  void ranksKeysAsSortingDoes() {
    long[][] cases = {
      {5},
      {7, 7, 7},
      {Long.MAX_VALUE, Long.MIN_VALUE, 0},
      LongStream.range(0, 1000).map(LowestKeysTest::hash).toArray(),
      LongStream.range(0, 1000).map(id -> hash(id) >>> 60).toArray(),
      LongStream.range(0, 1000).map(id -> hash(id) >> (id % 64)).toArray(),
    };
    for (long[] keys : cases) {
      long[] sorted = keys.clone();
      Arrays.sort(sorted);
      for (int rank = 1; rank <= keys.length; rank++) {
        assertThat(LowestKeys.ranked(keys, rank)).isEqualTo(sorted[rank - 1]);
      }
    }
  }

  @Test
  void everySampleIsAsLikely() {
    InclusionCounts counts = new InclusionCounts();
    for (int seed = 0; seed < 1000; seed++) {
      LowestKeys lowest = new LowestKeys(20);
      long stream = SampleHash.stream(seed, 0);
      for (int i = 0; i < 100; i++) {
        lowest.add(LowestKeys.key(SampleHash.of(stream, i)), i);
      }
      counts.add(lowest.indexes());
    }

    assertThat(counts.chiSquare(20)).isBetween(60.0, 148.2);
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> LowestKeys.key(Double.NaN))
        .hasMessage("key must be a number, got NaN");
    assertThatThrownBy(() -> new LowestKeys(-1)).hasMessage("capacity must be at least 0, got -1");
  }

  private static long hash(long id) {
    return SampleHash.of(SampleHash.stream(3, 0), id);
  }
}
