package dev.penstock.core.timeline;

import dev.penstock.core.block.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Samples that follow each other in position order, as one index range per partition. Valid until
 * its timeline changes.
 */
public final class Run {

  private final PartitionBuffer[] buffers;
  private final int[] from;
  private final int[] to;
  private final long size;
  private final long frontier;
  private final ReleasedCounts released;

  Run(PartitionBuffer[] buffers, int[] from, int[] to, long frontier, ReleasedCounts released) {
    this.buffers = buffers;
    this.released = released;
    this.from = from;
    this.to = to;
    this.frontier = frontier;
    long samples = 0;
    for (int partition = 0; partition < from.length; partition++) {
      samples += to[partition] - from[partition];
    }
    this.size = samples;
  }

  /** Number of samples. */
  public long size() {
    return size;
  }

  /** No sample after the run is before this slice time, milliseconds. */
  public long frontier() {
    return frontier;
  }

  /** Slice time of the first sample; of a run that has one. */
  public long firstTime() {
    long first = Long.MAX_VALUE;
    for (int partition = 0; partition < from.length; partition++) {
      if (from[partition] < to[partition]) {
        first = Math.min(first, buffers[partition].time(from[partition]));
      }
    }
    return first;
  }

  /** Number of samples before {@code time}. */
  public long countBefore(long time) {
    long count = 0;
    for (int partition = 0; partition < from.length; partition++) {
      count +=
          buffers[partition].lowerBound(time, from[partition], to[partition]) - from[partition];
    }
    return count;
  }

  /** The first {@code samples} samples alone, as if nothing were known of those after them. */
  public Run first(long samples) {
    int[] end = samples == 0 ? from : samples == size ? to : indexesAt(samples);
    long last = Long.MIN_VALUE;
    for (int partition = 0; partition < from.length; partition++) {
      if (from[partition] < end[partition]) {
        last = Math.max(last, buffers[partition].time(end[partition] - 1));
      }
    }
    return new Run(buffers, from, end, last, released);
  }

  /** The run without its first {@code samples} samples. */
  public Run skip(long samples) {
    if (samples == 0) {
      return this;
    }
    return new Run(buffers, samples == size ? to : indexesAt(samples), to, frontier, released);
  }

  /** Exclusive end offset, per partition, of the samples before this run. */
  public long[] boundary() {
    long[] boundary = new long[from.length];
    for (int partition = 0; partition < from.length; partition++) {
      boundary[partition] = buffers[partition].boundary(from[partition]);
    }
    return boundary;
  }

  /** Slice time of the last sample before this run; Long.MIN_VALUE: there is none. */
  public long timeBefore() {
    long time = Long.MIN_VALUE;
    for (int partition = 0; partition < from.length; partition++) {
      time = Math.max(time, buffers[partition].timeBefore(from[partition]));
    }
    return time;
  }

  /** Number of samples before this run, per partition, since the timeline began. */
  public long[] samplesBefore() {
    long[] samples = released.samples();
    for (int partition = 0; partition < from.length; partition++) {
      samples[partition] += from[partition] - buffers[partition].released();
    }
    return samples;
  }

  /** Number of them per class; classes of higher indexes have none. */
  public long[] labelsBefore() {
    LabelCounts labels = released.labels();
    for (int partition = 0; partition < from.length; partition++) {
      PartitionBuffer buffer = buffers[partition];
      buffer.count(labels, buffer.released(), from[partition]);
    }
    return labels.counts();
  }

  /** The last {@code samples} samples before this run, of which the timeline has kept that many. */
  public Run last(long samples) {
    int[] heads = new int[from.length];
    for (int partition = 0; partition < from.length; partition++) {
      heads[partition] = buffers[partition].head();
    }
    Run kept = new Run(buffers, heads, from, frontier, released);
    if (kept.size < samples) {
      throw new IllegalArgumentException(
          "samples must be at most the " + kept.size + " kept, got " + samples);
    }
    return kept.skip(kept.size - samples);
  }

  /** Is shown samples one after the other. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * The next sample.
     *
     * @param observation null: nobody has asked for more than place and time
     */
    void sample(long time, int partition, long offset, @Nullable Observation observation);
  }

  /** Shows the samples in position order; {@code O(partitions)} each. */
  public void forEach(Visitor visitor) {
    int[] next = from.clone();
    for (long remaining = size; remaining > 0; remaining--) {
      int first = -1;
      long time = Long.MAX_VALUE;
      for (int partition = 0; partition < next.length; partition++) {
        if (next[partition] < to[partition]) {
          long candidate = buffers[partition].time(next[partition]);
          if (first < 0 || candidate < time) {
            first = partition;
            time = candidate;
          }
        }
      }
      int index = next[first]++;
      visitor.sample(time, first, buffers[first].offset(index), buffers[first].observation(index));
    }
  }

  int start(int partition) {
    return from[partition];
  }

  int end(int partition) {
    return to[partition];
  }

  /**
   * Indexes after the first {@code rank} samples: bisects the slice time of the last of them, then
   * shares out those at that very time in partition order.
   */
  private int[] indexesAt(long rank) {
    long low = firstTime();
    long high = Long.MIN_VALUE;
    for (int partition = 0; partition < from.length; partition++) {
      if (from[partition] < to[partition]) {
        high = Math.max(high, buffers[partition].time(to[partition] - 1));
      }
    }
    while (low < high) {
      long middle = low + ((high - low) >>> 1);
      if (countUpTo(middle) >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return indexesAt(rank, low);
  }

  private int[] indexesAt(long rank, long time) {
    int[] indexes = new int[from.length];
    long rest = rank - countBefore(time);
    for (int partition = 0; partition < from.length; partition++) {
      PartitionBuffer buffer = buffers[partition];
      int first = buffer.lowerBound(time, from[partition], to[partition]);
      int end = buffer.upperBound(time, first, to[partition]);
      int taken = (int) Math.min(rest, end - first);
      indexes[partition] = first + taken;
      rest -= taken;
    }
    return indexes;
  }

  private long countUpTo(long time) {
    long count = 0;
    for (int partition = 0; partition < from.length; partition++) {
      count +=
          buffers[partition].upperBound(time, from[partition], to[partition]) - from[partition];
    }
    return count;
  }
}
