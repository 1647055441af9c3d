package dev.penstock.flink.source;

import dev.penstock.core.block.SampleBlock;
import java.util.Arrays;

/** The block of one partition that is being filled. */
final class BlockColumns {

  static final int MAX_SAMPLES = 4096;

  private final int partition;
  private final long[] offsets = new long[MAX_SAMPLES];
  private final long[] times = new long[MAX_SAMPLES];
  private int size;
  private long startOffset;
  private long endOffset;
  private boolean empty = true;

  /** Running maximum since this instance began: who joins blocks takes the maximum over them. */
  private long time = Long.MIN_VALUE;

  BlockColumns(int partition) {
    this.partition = partition;
  }

  void sample(long offset, long timestamp) {
    record(offset);
    time = Math.max(time, timestamp);
    offsets[size] = offset;
    times[size++] = time;
  }

  void progress(long offset, long timestamp) {
    record(offset);
    time = Math.max(time, timestamp);
  }

  void invalid(long offset) {
    record(offset);
  }

  boolean isEmpty() {
    return empty;
  }

  boolean isFull() {
    return size == MAX_SAMPLES;
  }

  /** The block so far; the next one begins empty. */
  SampleBlock take() {
    long[] blockTimes = Arrays.copyOf(times, size);
    SampleBlock block =
        endOffset - startOffset == size
            ? SampleBlock.dense(partition, startOffset, blockTimes, time)
            : SampleBlock.of(
                partition, startOffset, endOffset, Arrays.copyOf(offsets, size), blockTimes, time);
    empty = true;
    size = 0;
    return block;
  }

  private void record(long offset) {
    if (empty) {
      empty = false;
      startOffset = offset;
    }
    endOffset = offset + 1;
  }
}
