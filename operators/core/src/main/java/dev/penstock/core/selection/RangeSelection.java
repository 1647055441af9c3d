package dev.penstock.core.selection;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.chunk.OffsetChunks;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.Arrays;

/**
 * Selects the samples of the lowest hashes from ranges of a partition. Which offsets they are at is
 * computed as bits, 65,536 offsets at a time: loops over words are vectorized, and bits become a
 * bitmap as they are.
 */
final class RangeSelection {

  private static final int OFFSETS = 1 << 16;
  private static final int WORDS = OFFSETS / Long.SIZE;

  private final int partition;
  private final BottomK bottomK;
  private final long stream;
  private final OffsetChunks holes;

  private final long[] hashes = new long[WORDS];
  private final long[] low = new long[WORDS];
  private final long[] open = new long[WORDS];

  private final SampleSet.Builder taken = SampleSet.builder();
  private final OffsetList candidates = new OffsetList();

  /**
   * Selects nothing yet.
   *
   * @param stream of hashes of the partition
   * @param holes offsets that are no samples
   */
  RangeSelection(int partition, BottomK bottomK, long stream, OffsetChunks holes) {
    this.partition = partition;
    this.bottomK = bottomK;
    this.stream = stream;
    this.holes = holes;
  }

  /** Selects from the offsets {@code [from, to)}, which come after those so far. */
  void add(long from, long to) {
    if (bottomK.equals(BottomK.ALL)) {
      addAll(from, to);
      return;
    }
    for (long base = from & -OFFSETS; base < to; base += OFFSETS) {
      int first = (int) (Math.max(from, base) - base);
      int end = (int) (Math.min(to, base + OFFSETS) - base);
      mark(base, first, end);
      taken.addBits(partition, base, low);
      addCandidates(base);
    }
  }

  /** Without a look at each. */
  private void addAll(long from, long to) {
    for (long start = from; start < to; ) {
      long end = holes.next(start, to);
      taken.addRange(partition, start, end);
      start = end + 1;
    }
  }

  private void mark(long base, int first, int end) {
    int from = first / Long.SIZE;
    int to = (end + Long.SIZE - 1) / Long.SIZE;
    Arrays.fill(low, 0);
    Arrays.fill(open, 0);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      SampleHash.ofEvery64th(stream, base + bit, from, to, hashes);
      bottomK.markLow(hashes, from, to, bit, low);
      bottomK.markMayTake(hashes, from, to, bit, open);
    }
    for (int i = from * Long.SIZE; i < first; i++) {
      clear(i);
    }
    for (int i = end; i < to * Long.SIZE; i++) {
      clear(i);
    }
    long limit = base + end;
    for (long hole = holes.next(base + first, limit);
        hole < limit;
        hole = holes.next(hole + 1, limit)) {
      clear((int) (hole - base));
    }
  }

  private void clear(int place) {
    low[place / Long.SIZE] &= ~(1L << place);
    open[place / Long.SIZE] &= ~(1L << place);
  }

  private void addCandidates(long base) {
    for (int i = 0; i < WORDS; i++) {
      long offset = base + (long) i * Long.SIZE;
      for (long bits = open[i] & ~low[i]; bits != 0; bits &= bits - 1) {
        candidates.add(offset + Long.numberOfTrailingZeros(bits));
      }
    }
  }

  PartitionSelection selection() {
    return new PartitionSelection(taken.build(), candidates.toArray());
  }
}
