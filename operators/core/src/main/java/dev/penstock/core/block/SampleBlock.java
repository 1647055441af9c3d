package dev.penstock.core.block;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a stretch of one partition of the sample log. Offsets in {@code [startOffset,
 * endOffset)} that are not listed are no samples (quarantined records, progress markers), nor are
 * those between the end of a partition's block and the start of its next.
 */
public final class SampleBlock {

  /** Class of a sample that has none. */
  public static final int UNLABELLED = -1;

  private final int partition;
  private final long startOffset;
  private final long endOffset;

  /** Null: every offset of the block is a sample, as nearly always. */
  private final long @Nullable [] offsets;

  private final long[] times;
  private final long endTime;

  /** Null: nobody looks at more than place and time. */
  private final Observation @Nullable [] observations;

  /** Null: no pipeline groups samples by class. */
  private final int @Nullable [] labels;

  private SampleBlock(
      int partition,
      long startOffset,
      long endOffset,
      long @Nullable [] offsets,
      long[] times,
      long endTime,
      Observation @Nullable [] observations,
      int @Nullable [] labels) {
    this.partition = partition;
    this.startOffset = startOffset;
    this.endOffset = endOffset;
    this.offsets = offsets;
    this.times = times;
    this.endTime = endTime;
    this.observations = observations;
    this.labels = labels;
  }

  /**
   * A block. The arrays are taken over, not copied.
   *
   * @param partition partition of the sample log
   * @param startOffset first offset read
   * @param endOffset end of what was read, exclusive
   * @param offsets of the samples, ascending
   * @param times of the samples: running maximum of event time since some offset at or before the
   *     block's start, milliseconds; who joins blocks takes the maximum over them
   * @param endTime running maximum of event time at the end, progress markers included;
   *     Long.MIN_VALUE: unknown
   */
  public static SampleBlock of(
      int partition, long startOffset, long endOffset, long[] offsets, long[] times, long endTime) {
    if (offsets.length != times.length) {
      throw new IllegalArgumentException(
          "times must be one an offset, got " + times.length + " for " + offsets.length);
    }
    boolean dense = endOffset - startOffset == offsets.length;
    return new SampleBlock(
        partition,
        startOffset,
        endOffset,
        dense ? null : offsets,
        times,
        endTime,
        /* observations= */ null,
        /* labels= */ null);
  }

  /**
   * A block of which every offset is a sample.
   *
   * @param times as in {@link #of}, taken over
   */
  public static SampleBlock dense(int partition, long startOffset, long[] times, long endTime) {
    return new SampleBlock(
        partition,
        startOffset,
        startOffset + times.length,
        /* offsets= */ null,
        times,
        endTime,
        /* observations= */ null,
        /* labels= */ null);
  }

  /** The same block with what is known of each sample; the array is taken over. */
  public SampleBlock with(Observation[] newObservations) {
    if (newObservations.length != times.length) {
      throw new IllegalArgumentException(
          "observations must be one a sample, got "
              + newObservations.length
              + " for "
              + times.length);
    }
    return new SampleBlock(
        partition, startOffset, endOffset, offsets, times, endTime, newObservations, labels);
  }

  /**
   * The same block with classes; the array is taken over.
   *
   * @param newLabels class index of each sample; {@link #UNLABELLED}: it has none
   */
  public SampleBlock withLabels(int[] newLabels) {
    if (newLabels.length != times.length) {
      throw new IllegalArgumentException(
          "labels must be one a sample, got " + newLabels.length + " for " + times.length);
    }
    return new SampleBlock(
        partition, startOffset, endOffset, offsets, times, endTime, observations, newLabels);
  }

  /** A block of one progress marker: nothing older than {@code time} will come. */
  public static SampleBlock marker(int partition, long offset, long time) {
    return of(partition, offset, offset + 1, new long[0], new long[0], time);
  }

  /** Partition of the sample log. */
  public int partition() {
    return partition;
  }

  /** First offset read. */
  public long startOffset() {
    return startOffset;
  }

  /** End of what was read, exclusive. */
  public long endOffset() {
    return endOffset;
  }

  /** Number of samples. */
  public int size() {
    return times.length;
  }

  /** Offset of the {@code i}-th sample. */
  public long offset(int i) {
    return offsets == null ? startOffset + i : offsets[i];
  }

  /** Running maximum of event time up to the {@code i}-th sample, milliseconds. */
  public long time(int i) {
    return times[i];
  }

  /** Running maximum of event time at the end, milliseconds; Long.MIN_VALUE: unknown. */
  public long endTime() {
    return endTime;
  }

  /** Class index of each sample; null: no pipeline groups samples by class. */
  public int @Nullable [] labels() {
    return labels;
  }

  /** The same block with places, times and classes alone. */
  public SampleBlock withoutObservations() {
    return observations == null
        ? this
        : new SampleBlock(
            partition,
            startOffset,
            endOffset,
            offsets,
            times,
            endTime,
            /* observations= */ null,
            labels);
  }

  /** What is known of each sample beyond place and time; null: nobody looks at it. */
  public Observation @Nullable [] observations() {
    return observations;
  }

  /** Whether every offset of the block is a sample. */
  public boolean isDense() {
    return offsets == null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleBlock block
        && partition == block.partition
        && startOffset == block.startOffset
        && endOffset == block.endOffset
        && endTime == block.endTime
        && Arrays.equals(offsets, block.offsets)
        && Arrays.equals(times, block.times)
        && Arrays.equals(labels, block.labels)
        && Arrays.equals(observations, block.observations);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * partition + Long.hashCode(startOffset)) + Long.hashCode(endOffset);
  }

  @Override
  public String toString() {
    return "SampleBlock[partition="
        + partition
        + ", offsets=["
        + startOffset
        + ", "
        + endOffset
        + "), samples="
        + size()
        + "]";
  }
}
