package dev.penstock.core.selection.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.selection.chunk.KeptSamples.Kept;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks give back what they were given, however it is cut, from their bytes alone. */
final class ChunksTest {

  private static final int LENGTH = 200_000;

  private final Map<Long, byte[]> bytes = new HashMap<>();
  private final Chunks chunks = new ChunksInMap(bytes);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 15, 16, 255, 256, 60_000})
  void classesAreThoseOfTheSamples(int classes) {
    SplittableRandom random = new SplittableRandom(classes);
    int[] labels = new int[LENGTH];
    Arrays.fill(labels, SampleBlock.UNLABELLED);
    for (SampleBlock block : blocks(random, classes, labels)) {
      new LabelChunks(chunks, classes).add(block);
    }

    LabelChunks read = new LabelChunks(chunks, classes);
    for (int offset = 0; offset < LENGTH; offset++) {
      assertThat(read.label(offset)).isEqualTo(labels[offset]);
    }
    assertThat(read.label(10L * LENGTH)).isEqualTo(SampleBlock.UNLABELLED);
    assertThat(bytes.values().stream().mapToInt(chunk -> chunk.length).sum())
        .isLessThanOrEqualTo(LENGTH * LabelChunks.bits(classes) / 8 + 4 * 5);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,2", "4,4", "10,4", "15,4", "16,8", "255,8", "256,16", "70000,32"})
  void bitsAreThePowerOfTwoThatIsEnough(int classes, int bits) {
    assertThat(LabelChunks.bits(classes)).isEqualTo(bits);
  }

  @Test
  void aDatasetMayGetMoreClasses() {
    LabelChunks few = new LabelChunks(chunks, 2);
    few.add(SampleBlock.dense(0, 0, new long[3], 0).withLabels(new int[] {0, 1, -1}));

    LabelChunks many = new LabelChunks(chunks, 1000);
    many.add(SampleBlock.dense(0, 3, new long[2], 0).withLabels(new int[] {999, 7}));

    LabelChunks read = new LabelChunks(chunks, 1000);
    assertThat(read.label(0)).isEqualTo(0);
    assertThat(read.label(1)).isEqualTo(1);
    assertThat(read.label(2)).isEqualTo(-1);
    assertThat(read.label(3)).isEqualTo(999);
    assertThat(read.label(4)).isEqualTo(7);
  }

  @Test
  void timesAreTheRunningMaximum() {
    SplittableRandom random = new SplittableRandom(2);
    long[] expected = new long[LENGTH];
    Arrays.fill(expected, -1);
    long before = Long.MIN_VALUE;
    long most = Long.MIN_VALUE;
    for (SampleBlock block : blocks(random, 2, new int[LENGTH])) {
      for (int i = 0; i < block.size(); i++) {
        most = Math.max(most, block.time(i));
        expected[(int) block.offset(i)] = most;
      }
      before = new TimeChunks(chunks).add(block, before);
    }
    assertThat(before).isEqualTo(most);

    long[] read = new long[LENGTH];
    new TimeChunks(chunks)
        .forEachBackwards(70_000, 190_000, latest -> (offset, time) -> read[(int) offset] = time);
    for (int offset = 0; offset < LENGTH; offset++) {
      boolean isAsked = offset >= 70_000 && offset < 190_000;
      if (isAsked && expected[offset] >= 0) {
        assertThat(read[offset]).isEqualTo(expected[offset]);
      } else if (!isAsked) {
        assertThat(read[offset]).isZero();
      }
    }
  }

  @Test
  void offsetsAreASet() {
    SplittableRandom random = new SplittableRandom(3);
    BitSet expected = new BitSet(LENGTH);
    for (int round = 0; round < 50; round++) {
      OffsetChunks offsets = new OffsetChunks(chunks);
      int from = random.nextInt(LENGTH);
      int to = Math.min(LENGTH, from + random.nextInt(3_000));
      offsets.addRange(from, to);
      expected.set(from, to);
      int single = random.nextInt(LENGTH);
      offsets.add(single);
      expected.set(single);
      offsets.store();
    }

    OffsetChunks read = new OffsetChunks(chunks);
    for (int offset = 0; offset < LENGTH; offset++) {
      assertThat(read.contains(offset)).isEqualTo(expected.get(offset));
      int next = expected.nextSetBit(offset);
      assertThat(read.next(offset, LENGTH)).isEqualTo(next < 0 ? LENGTH : next);
    }
    read.clear(0, LENGTH);
    assertThat(bytes).isEmpty();
  }

  @Test
  void keptSamplesAreThoseOfTheirClass() {
    KeptSamples kept = new KeptSamples(chunks);
    assertThat(kept.seenEnd()).isZero();
    assertThat(kept.load(1).offsets()).isEmpty();

    kept.seenEnd(77);
    kept.store(-1, new Kept(new long[] {1, 5}, new long[] {-9, Long.MAX_VALUE}));
    kept.store(0, new Kept(new long[] {3}, new long[0]));

    KeptSamples read = new KeptSamples(chunks);
    assertThat(read.seenEnd()).isEqualTo(77);
    assertThat(read.load(-1).offsets()).containsExactly(1, 5);
    assertThat(read.load(-1).keys()).containsExactly(-9, Long.MAX_VALUE);
    assertThat(read.load(0).offsets()).containsExactly(3);
  }

  /** Blocks with holes in and between them; their classes are put where they belong. */
  private static List<SampleBlock> blocks(SplittableRandom random, int classes, int[] labels) {
    List<SampleBlock> blocks = new ArrayList<>();
    for (int start = random.nextInt(90_000); start < LENGTH; ) {
      int end = Math.min(LENGTH, start + 1 + random.nextInt(6_000));
      int[] offsets =
          random
              .ints(start, end)
              .limit(1 + random.nextInt(end - start))
              .sorted()
              .distinct()
              .toArray();
      long base = start;
      long[] times =
          Arrays.stream(offsets).mapToLong(offset -> base + random.nextInt(500)).toArray();
      int[] own = random.ints(offsets.length, -1, classes).toArray();
      for (int i = 0; i < offsets.length; i++) {
        labels[offsets[i]] = own[i];
      }
      blocks.add(
          SampleBlock.of(0, start, end, Arrays.stream(offsets).asLongStream().toArray(), times, 0)
              .withLabels(own));
      start = end + random.nextInt(50);
    }
    return blocks;
  }
}
