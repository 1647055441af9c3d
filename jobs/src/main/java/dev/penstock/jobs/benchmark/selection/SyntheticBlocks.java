package dev.penstock.jobs.benchmark.selection;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.flink.block.BlockColumns.Columns;
import java.io.Serial;
import java.util.Arrays;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The i-th block of samples that are a millisecond apart, partition by partition in turns. Classes
 * are as frequent as each other, in no order: nothing of them can be compressed.
 */
final class SyntheticBlocks implements MapFunction<Long, SampleBlock> {

  /** As the block builder's largest. */
  static final int SAMPLES = 4096;

  @Serial private static final long serialVersionUID = 1L;
  private static final int SEED = 1;

  private final String run;
  private final int partitions;
  private final int classes;
  private final Columns columns;

  SyntheticBlocks(String run, int partitions, int classes, Columns columns) {
    this.run = run;
    this.partitions = partitions;
    this.classes = classes;
    this.columns = columns;
  }

  @Override
  public SampleBlock map(Long number) {
    BenchmarkRun.of(run).countBlock();
    int partition = (int) (number % partitions);
    long round = number / partitions;
    long start = round * SAMPLES;
    long[] times = new long[SAMPLES];
    Arrays.setAll(times, i -> (start + i) * partitions + partition);
    SampleBlock block = SampleBlock.dense(partition, start, times, times[SAMPLES - 1]);
    if (columns != Columns.LABELS) {
      return block;
    }
    int[] labels = new int[SAMPLES];
    long stream = SampleHash.stream(SEED, partition);
    Arrays.setAll(
        labels, i -> (int) Math.floorMod(SampleHash.of(stream, start + i), (long) classes));
    return block.withLabels(labels);
  }
}
