package dev.penstock.core.timeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many samples a timeline has released so far, by partition and by class. */
final class ReleasedCounts {

  private final long[] samples;
  private final LabelCounts labels;

  ReleasedCounts(int partitions) {
    this(new long[partitions], new LabelCounts(new long[0]));
  }

  private ReleasedCounts(long[] samples, LabelCounts labels) {
    this.samples = samples;
    this.labels = labels;
  }

  long[] samples() {
    return samples.clone();
  }

  LabelCounts labels() {
    return new LabelCounts(labels.counts());
  }

  /** Adds the samples of a partition that are not released yet, up to an index. */
  void add(int partition, PartitionBuffer buffer, int end) {
    samples[partition] += end - buffer.released();
    buffer.count(labels, buffer.released(), end);
  }

  void write(DataOutput out) throws IOException {
    for (long count : samples) {
      out.writeLong(count);
    }
    long[] byLabel = labels.counts();
    out.writeInt(byLabel.length);
    for (long count : byLabel) {
      out.writeLong(count);
    }
  }

  static ReleasedCounts read(DataInput in, int partitions) throws IOException {
    long[] samples = new long[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      samples[partition] = in.readLong();
    }
    long[] byLabel = new long[in.readInt()];
    for (int label = 0; label < byLabel.length; label++) {
      byLabel[label] = in.readLong();
    }
    return new ReleasedCounts(samples, new LabelCounts(byLabel));
  }
}
