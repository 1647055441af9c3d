package dev.penstock.flink.block;

import dev.penstock.core.block.SampleBlock;
import java.util.Arrays;

/** The block of one partition that is being filled. */
public final class BlockColumns {

  private static final int MAX_SAMPLES = 4096;

  private final int partition;
  private final long[] offsets = new long[MAX_SAMPLES];
  private final long[] times = new long[MAX_SAMPLES];

  /** Empty: nobody groups samples by class. */
  private final int[] labels;

  private int size;
  private long startOffset;
  private long endOffset;
  private boolean empty = true;

  /** Running maximum since this instance began: who joins blocks takes the maximum over them. */
  private long time = Long.MIN_VALUE;

  /** What a block has of its samples. */
  public enum Columns {
    PLACES_AND_TIMES,
    /** Classes too. */
    LABELS
  }

  /** An empty block of the partition. */
  public BlockColumns(int partition, Columns columns) {
    this.partition = partition;
    this.labels = new int[columns == Columns.LABELS ? MAX_SAMPLES : 0];
  }

  /**
   * Adds a sample.
   *
   * @param label class index; {@link SampleBlock#UNLABELLED}: it has none
   */
  public void sample(long offset, long timestamp, int label) {
    record(offset);
    time = Math.max(time, timestamp);
    if (labels.length > 0) {
      labels[size] = label;
    }
    offsets[size] = offset;
    times[size++] = time;
  }

  /** Adds a progress marker. */
  public void progress(long offset, long timestamp) {
    record(offset);
    time = Math.max(time, timestamp);
  }

  /** Adds a record that is not a sample. */
  public void invalid(long offset) {
    record(offset);
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return empty;
  }

  /** Whether there is no room for another sample. */
  public boolean isFull() {
    return size == MAX_SAMPLES;
  }

  /** The block so far; the next one begins empty. */
  public SampleBlock take() {
    long[] blockTimes = Arrays.copyOf(times, size);
    SampleBlock block =
        endOffset - startOffset == size
            ? SampleBlock.dense(partition, startOffset, blockTimes, time)
            : SampleBlock.of(
                partition, startOffset, endOffset, Arrays.copyOf(offsets, size), blockTimes, time);
    SampleBlock taken = labels.length > 0 ? block.withLabels(Arrays.copyOf(labels, size)) : block;
    empty = true;
    size = 0;
    return taken;
  }

  private void record(long offset) {
    if (empty) {
      empty = false;
      startOffset = offset;
    }
    endOffset = offset + 1;
  }
}
