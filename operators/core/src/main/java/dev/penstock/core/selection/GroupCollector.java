package dev.penstock.core.selection;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.chunk.OffsetChunks;
import dev.penstock.core.selection.request.Draw;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.Arrays;

/** Collects the samples of one group that are, or may be, among those of the lowest hashes. */
final class GroupCollector {

  private final int partition;
  private final int label;
  private final BottomK bottomK;
  private final OffsetList low = new OffsetList();
  private final OffsetList candidates = new OffsetList();

  GroupCollector(int partition, int label, long wanted, long size) {
    this.partition = partition;
    this.label = label;
    this.bottomK = BottomK.of(wanted, size);
  }

  static GroupCollector of(int partition, Draw draw) {
    return new GroupCollector(partition, draw.label(), draw.wanted(), draw.size());
  }

  int label() {
    return label;
  }

  boolean takesAll() {
    return bottomK.equals(BottomK.ALL);
  }

  /** Adds a sample; offsets ascend. */
  void add(long offset, long hash) {
    if (bottomK.mayTake(hash)) {
      (bottomK.isLow(hash) ? low : candidates).add(offset);
    }
  }

  /** Adds the samples of {@code [from, to)}; offsets ascend. */
  void addRange(long from, long to, long stream) {
    int capacity = (int) Math.min(SampleHash.BATCH, to - from);
    long[] hashes = new long[capacity];
    int[] places = new int[capacity];
    for (long start = from; start < to; start += capacity) {
      int count = (int) Math.min(capacity, to - start);
      SampleHash.of(stream, start, count, hashes);
      int taken = bottomK.mayTake(hashes, count, places);
      low.makeRoom(taken);
      candidates.makeRoom(taken);
      for (int i = 0; i < taken; i++) {
        int place = places[i];
        int isLow = bottomK.oneIfLow(hashes[place]);
        low.put(start + place, isLow);
        candidates.put(start + place, 1 - isLow);
      }
    }
  }

  /** Offsets of all that are, or may be, among them, ascending. */
  long[] offsets() {
    long[] all = new long[low.size() + candidates.size()];
    System.arraycopy(low.array(), 0, all, 0, low.size());
    System.arraycopy(candidates.array(), 0, all, low.size(), candidates.size());
    Arrays.sort(all);
    return all;
  }

  PartitionSelection selection() {
    SampleSet.Builder taken = SampleSet.builder();
    taken.addSorted(partition, low.array(), low.size());
    return new PartitionSelection(taken.build(), candidates.toArray());
  }

  /** All samples of {@code [from, to)}, without a look at each. */
  static PartitionSelection all(int partition, OffsetChunks holes, long from, long to) {
    SampleSet.Builder taken = SampleSet.builder();
    for (long start = from; start < to; ) {
      long end = holes.next(start, to);
      taken.addRange(partition, start, end);
      start = end + 1;
    }
    return new PartitionSelection(taken.build(), new long[0]);
  }
}
