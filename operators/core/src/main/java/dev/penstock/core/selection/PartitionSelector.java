package dev.penstock.core.selection;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.schemas.trainingset.SampleSet;

/** Selects the part of a training set that lies in one partition. O(window), a hash an offset. */
public final class PartitionSelector {

  private final int partition;
  private final Holes holes;

  /**
   * A selector over one partition.
   *
   * @param holes offsets that are no samples
   */
  public PartitionSelector(int partition, Holes holes) {
    this.partition = partition;
    this.holes = holes;
  }

  /** Offsets that are no samples. */
  public interface Holes {

    /** The first hole at {@code from} or later and before {@code to}, else {@code to}. */
    long next(long from, long to);
  }

  /** All samples of {@code [from, to)}. */
  public PartitionSelection all(long from, long to) {
    SampleSet.Builder taken = SampleSet.builder();
    for (long start = from; start < to; ) {
      long end = holes.next(start, to);
      taken.addRange(partition, start, end);
      start = end + 1;
    }
    return new PartitionSelection(taken.build(), new long[0]);
  }

  /** The samples of {@code [from, to)} that are, or may be, among the k of the lowest hashes. */
  public PartitionSelection random(long from, long to, BottomK bottomK, long seed) {
    if (bottomK.equals(BottomK.ALL)) {
      return all(from, to);
    }
    SampleSet.Builder taken = SampleSet.builder();
    OffsetList low = new OffsetList();
    OffsetList candidates = new OffsetList();
    long stream = SampleHash.stream(seed, partition);
    for (long start = from; start < to; ) {
      long end = holes.next(start, to);
      for (long offset = start; offset < end; offset++) {
        long hash = SampleHash.of(stream, offset);
        if (bottomK.mayTake(hash)) {
          (bottomK.isLow(hash) ? low : candidates).add(offset);
        }
      }
      start = end + 1;
    }
    taken.addSorted(partition, low.array(), low.size());
    return new PartitionSelection(taken.build(), candidates.toArray());
  }
}
