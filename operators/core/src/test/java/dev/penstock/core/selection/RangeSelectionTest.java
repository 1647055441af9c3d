package dev.penstock.core.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.chunk.Chunks;
import dev.penstock.core.selection.chunk.OffsetChunks;
import dev.penstock.core.selection.request.Draw;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RangeSelectionTest {

  private static final int PARTITION = 3;
  private static final long STREAM = SampleHash.stream(11, PARTITION);

  /** In memory. */
  private record Held(TreeMap<Long, byte[]> chunks) implements Chunks {

    @Override
    public byte @Nullable [] get(long chunk) {
      return chunks.get(chunk);
    }

    @Override
    public void put(long chunk, byte[] bytes) {
      chunks.put(chunk, bytes);
    }

    @Override
    public void remove(long chunk) {
      chunks.remove(chunk);
    }
  }

  @Test
  void selectsWhatIsSelectedSampleBySample() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      long from = random.nextLong(1L << random.nextInt(1, 36));
      long n = 1000 + random.nextLong(1L << random.nextInt(1, 18));
      OffsetChunks holes = holes(random, from, n);

      // Few, most, so many that all may be taken; of fewer than these, all are.
      for (long k : new long[] {0, 1, n / 10, n / 2, n - 1}) {
        check(from, from + n, k, n, holes);
      }
    }
  }

  @Test
  void takesAllOfAsManyAsAreWanted() {
    OffsetChunks holes = new OffsetChunks(new Held(new TreeMap<>()));
    holes.addRange(70_000, 70_010);
    RangeSelection range = new RangeSelection(PARTITION, BottomK.of(10, 10), STREAM, holes);
    range.add(69_995, 70_015);

    assertThat(range.selection().candidates()).isEmpty();
    assertThat(range.selection().taken().offsets(PARTITION))
        .toIterable()
        .containsExactlyElementsOf(
            LongStream.concat(LongStream.range(69_995, 70_000), LongStream.range(70_010, 70_015))
                .boxed()
                .toList());
  }

  private static OffsetChunks holes(SplittableRandom random, long from, long n) {
    OffsetChunks holes = new OffsetChunks(new Held(new TreeMap<>()));
    int count = random.nextInt(4) * 10;
    for (int i = 0; i < count; i++) {
      long first = from + random.nextLong(n);
      holes.addRange(first, first + random.nextInt(1, 100));
    }
    holes.store();
    return holes;
  }

  private static void check(long from, long to, long k, long n, OffsetChunks holes) {
    RangeSelection range = new RangeSelection(PARTITION, BottomK.of(k, n), STREAM, holes);
    range.add(from, to);
    PartitionSelection selected = range.selection();

    GroupCollector each = new GroupCollector(PARTITION, Draw.ANY, k, n);
    for (long offset = from; offset < to; offset++) {
      if (!holes.contains(offset)) {
        each.add(offset, SampleHash.of(STREAM, offset));
      }
    }
    PartitionSelection expected = each.selection();
    assertThat(selected.taken().digest()).isEqualTo(expected.taken().digest());
    assertThat(selected.candidates()).isEqualTo(expected.candidates());
  }
}
