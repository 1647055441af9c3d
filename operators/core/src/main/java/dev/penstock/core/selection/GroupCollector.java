package dev.penstock.core.selection;

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

  /** Adds a sample; offsets ascend. */
  void add(long offset, long hash) {
    if (bottomK.mayTake(hash)) {
      (bottomK.isLow(hash) ? low : candidates).add(offset);
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
}
