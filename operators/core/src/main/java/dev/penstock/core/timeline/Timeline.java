package dev.penstock.core.timeline;

import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Merges the partitions of a sample log in position order: by slice time, then partition, then
 * offset. A sample is released when no partition can still bring one that stands before it; which
 * samples stand in which order depends on the log alone, not on how blocks arrive.
 *
 * <p>A partition without records holds everything back until it is declared idle. What it brings
 * later takes the slice time that the others have reached, so that nothing is ever late.
 *
 * <p>Samples are moved as array ranges: O(log n) per block and partition beside the copying.
 */
public final class Timeline {

  /** Trimming costs a search: it waits until this many samples can go. */
  private static final long TRIM_SAMPLES = 1 << 16;

  private final PartitionBuffer[] buffers;
  private final boolean[] idle;
  private final long keep;
  private final ReleasedCounts released;

  /** All samples up to this position have been released: (slice time, partition). */
  private long boundTime = Long.MIN_VALUE;

  private int boundPartition;

  /**
   * A timeline at the start of the log.
   *
   * @param partitions of the sample log
   * @param keep released samples that must stay reachable by {@link Run#last}
   */
  public Timeline(int partitions, long keep) {
    this.buffers = new PartitionBuffer[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      buffers[partition] = new PartitionBuffer();
    }
    this.idle = new boolean[partitions];
    this.keep = keep;
    this.released = new ReleasedCounts(partitions);
  }

  private Timeline(PartitionBuffer[] buffers, long keep, ReleasedCounts released) {
    this.buffers = buffers;
    this.idle = new boolean[buffers.length];
    this.keep = keep;
    this.released = released;
  }

  /** Number of partitions. */
  public int partitions() {
    return buffers.length;
  }

  /** Adds what was read of a partition, which is not idle any more. Blocks come in order. */
  public void add(SampleBlock block) {
    int partition = block.partition();
    idle[partition] = false;
    buffers[partition].add(block, earliest(partition));
  }

  /** Does not wait for the partition until it has a block again. */
  public void markIdle(int partition) {
    idle[partition] = true;
  }

  /** Whether the partition is not waited for. */
  public boolean isIdle(int partition) {
    return idle[partition];
  }

  /** Samples that wait for another partition. */
  public long pending() {
    long samples = 0;
    for (PartitionBuffer buffer : buffers) {
      samples += buffer.tail() - buffer.released();
    }
    return samples;
  }

  /** The samples that can be released now, which must be done with {@link #release}. */
  public Run releasable() {
    moveBound();
    int[] from = new int[buffers.length];
    int[] to = new int[buffers.length];
    for (int partition = 0; partition < buffers.length; partition++) {
      PartitionBuffer buffer = buffers[partition];
      from[partition] = buffer.released();
      to[partition] =
          partition <= boundPartition
              ? buffer.upperBound(boundTime, buffer.released(), buffer.tail())
              : buffer.lowerBound(boundTime, buffer.released(), buffer.tail());
    }
    return new Run(buffers, from, to, boundTime, released);
  }

  /** Marks the samples of {@code run} as released, and forgets those that nobody needs. */
  public void release(Run run) {
    for (int partition = 0; partition < buffers.length; partition++) {
      released.add(partition, buffers[partition], run.end(partition));
      buffers[partition].release(run.end(partition));
    }
    trim();
  }

  private void moveBound() {
    long time = Long.MAX_VALUE;
    int partition = buffers.length;
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < buffers.length; i++) {
      long frontier = buffers[i].frontier();
      newest = Math.max(newest, frontier);
      if (!idle[i] && (partition == buffers.length || frontier < time)) {
        time = frontier;
        partition = i;
      }
    }
    if (partition == buffers.length) {
      // All are idle: whatever is there goes.
      time = newest;
      partition = buffers.length - 1;
    }
    if (time > boundTime || (time == boundTime && partition > boundPartition)) {
      boundTime = time;
      boundPartition = partition;
    }
  }

  /** A partition that was idle must not bring samples before the bound. */
  private long earliest(int partition) {
    if (boundTime == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    boolean passed = partition < boundPartition && buffers[partition].frontier() <= boundTime;
    return passed && boundTime < Long.MAX_VALUE ? boundTime + 1 : boundTime;
  }

  private void trim() {
    long excess = -keep;
    int[] from = new int[buffers.length];
    int[] to = new int[buffers.length];
    for (int partition = 0; partition < buffers.length; partition++) {
      from[partition] = buffers[partition].head();
      to[partition] = buffers[partition].released();
      excess += to[partition] - from[partition];
    }
    if (keep == 0) {
      trim(to);
    } else if (excess >= Math.max(TRIM_SAMPLES, keep / 4)) {
      Run kept = new Run(buffers, from, to, boundTime, released).skip(excess);
      for (int partition = 0; partition < buffers.length; partition++) {
        from[partition] = kept.start(partition);
      }
      trim(from);
    }
  }

  private void trim(int[] heads) {
    for (int partition = 0; partition < buffers.length; partition++) {
      buffers[partition].trim(heads[partition]);
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(buffers.length);
    out.writeLong(boundTime);
    out.writeInt(boundPartition);
    for (PartitionBuffer buffer : buffers) {
      buffer.write(out);
    }
    released.write(out);
  }

  /** Reads what {@link #write} wrote, for the same pipelines. */
  public static Timeline read(DataInput in, long keep) throws IOException {
    return read(in, keep, UnaryOperator.identity());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param observed observations for the present pipelines from those that were written
   */
  public static Timeline read(DataInput in, long keep, UnaryOperator<Observation> observed)
      throws IOException {
    PartitionBuffer[] buffers = new PartitionBuffer[in.readInt()];
    long boundTime = in.readLong();
    int boundPartition = in.readInt();
    for (int partition = 0; partition < buffers.length; partition++) {
      buffers[partition] = PartitionBuffer.read(in, observed);
    }
    ReleasedCounts released = ReleasedCounts.read(in, buffers.length);
    Timeline timeline = new Timeline(buffers, keep, released);
    timeline.boundTime = boundTime;
    timeline.boundPartition = boundPartition;
    return timeline;
  }
}
