package dev.penstock.core.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.request.Draw;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Selection in parts and assembly together. */
final class BottomKTest {

  /** Every tenth offset is no sample. */
  private static boolean isSample(long offset) {
    return offset % 10 != 0;
  }

  @Test
  void selectsExactlyKOfTheSamples() {
    for (long k : new long[] {1, 2, 17, 500, 2000, 2699, 2700, 5000}) {
      SampleSet set = select(k, k, new long[] {0, 1000, 2000, 3000});

      assertThat(set.size()).isEqualTo(Math.min(k, 2700));
      for (int partition : set.partitions()) {
        set.offsets(partition)
            .forEachRemaining((long offset) -> assertThat(offset % 10).isNotZero());
      }
    }
  }

  @Test
  void theSameSeedSelectsTheSame() {
    assertThat(select(100, 7, new long[] {0, 3000}).digest())
        .isEqualTo(select(100, 7, new long[] {0, 3000}).digest())
        .isNotEqualTo(select(100, 8, new long[] {0, 3000}).digest());
  }

  /** χ² of 99 degrees of freedom: 99.9 % of uniform choices are below 148.2. */
  @Test
  void everySampleIsAsLikely() {
    int seeds = 1000;
    int[] counts = new int[100];
    for (int seed = 0; seed < seeds; seed++) {
      SampleSet set =
          TrainingSetAssembly.join(
              parts(20, 100, seed, new long[] {0, 50, 100}, offset -> true), 20, seed);
      for (int partition : set.partitions()) {
        int base = 50 * partition;
        set.offsets(partition).forEachRemaining((long offset) -> counts[base + (int) offset]++);
      }
    }
    double expected = seeds * 20 / 100.0;
    double chiSquare = 0;
    for (int count : counts) {
      // Without replacement: the variance of a count is n·p·(1 - p).
      chiSquare += (count - expected) * (count - expected) / (expected * (1 - 0.2));
    }
    assertThat(chiSquare * 99 / 100).isBetween(60.0, 148.2);
  }

  /** Partition i holds the offsets from 0 to the difference of its ends. */
  private static SampleSet select(long k, long seed, long[] ends) {
    long total = ends[ends.length - 1];
    long samples = total - total / 10;
    return TrainingSetAssembly.join(
        parts(Math.min(k, samples), samples, seed, ends, BottomKTest::isSample),
        Math.min(k, samples),
        seed);
  }

  private static SortedMap<Integer, PartitionSelection> parts(
      long k, long n, long seed, long[] ends, LongPredicate samples) {
    SortedMap<Integer, PartitionSelection> parts = new TreeMap<>();
    for (int partition = 0; partition + 1 < ends.length; partition++) {
      GroupCollector group = new GroupCollector(partition, Draw.ANY, k, n);
      long stream = SampleHash.stream(seed, partition);
      LongStream.range(0, ends[partition + 1] - ends[partition])
          .filter(samples)
          .forEach(offset -> group.add(offset, SampleHash.of(stream, offset)));
      parts.put(partition, group.selection());
    }
    return parts;
  }
}
