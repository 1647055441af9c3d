package dev.penstock.core.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Merges the scored samples of all partitions in position order: by slice time, then partition,
 * then offset, as far as the slowest partition has come. One sample at a time, which is no more
 * than a small share of what scoring it costs.
 */
public final class ScoreQueue {

  private final Partition[] partitions;

  /** One sample of one partition with every pipeline's scores. */
  public record Row(long time, double label, String[] models, float[] predicted, float[] logLoss) {}

  private static final class Partition {
    private final Deque<Row> rows = new ArrayDeque<>();
    private long frontier = Long.MIN_VALUE;
  }

  /** A queue at the start of the log. */
  public ScoreQueue(int partitions) {
    this.partitions = new Partition[partitions];
    for (int i = 0; i < partitions; i++) {
      this.partitions[i] = new Partition();
    }
  }

  /** Appends a sample; its time becomes the running maximum. */
  public void add(int partition, Row row) {
    Partition queue = partitions[partition];
    queue.frontier = Math.max(queue.frontier, row.time);
    queue.rows.add(new Row(queue.frontier, row.label, row.models, row.predicted, row.logLoss));
  }

  /** Nothing older than {@code time} will come from the partition. */
  public void progress(int partition, long time) {
    partitions[partition].frontier = Math.max(partitions[partition].frontier, time);
  }

  /** Hands on all samples that no partition can come before any more. */
  public void release(Consumer<Row> rows) {
    while (true) {
      int first = -1;
      long time = Long.MAX_VALUE;
      for (int i = 0; i < partitions.length; i++) {
        Row head = partitions[i].rows.peekFirst();
        long at = head == null ? partitions[i].frontier : head.time;
        if (first < 0 || at < time) {
          first = i;
          time = at;
        }
      }
      Optional<Row> next = Optional.ofNullable(partitions[first].rows.pollFirst());
      if (next.isEmpty()) {
        return;
      }
      rows.accept(next.get());
    }
  }

  /** Hands on all samples that are left: the stream has ended. */
  public void drain(Consumer<Row> rows) {
    for (Partition partition : partitions) {
      partition.frontier = Long.MAX_VALUE;
    }
    release(rows);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    for (Partition partition : partitions) {
      out.writeLong(partition.frontier);
      out.writeInt(partition.rows.size());
      for (Row row : partition.rows) {
        out.writeLong(row.time);
        out.writeDouble(row.label);
        out.writeInt(row.models.length);
        for (int i = 0; i < row.models.length; i++) {
          out.writeUTF(row.models[i]);
          out.writeFloat(row.predicted[i]);
          out.writeFloat(row.logLoss[i]);
        }
      }
    }
  }

  /** Takes up what {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    for (Partition partition : partitions) {
      partition.frontier = in.readLong();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        partition.rows.add(row(in));
      }
    }
  }

  private static Row row(DataInput in) throws IOException {
    long time = in.readLong();
    double label = in.readDouble();
    int pipelines = in.readInt();
    String[] models = new String[pipelines];
    float[] predicted = new float[pipelines];
    float[] logLoss = new float[pipelines];
    for (int i = 0; i < pipelines; i++) {
      models[i] = in.readUTF();
      predicted[i] = in.readFloat();
      logLoss[i] = in.readFloat();
    }
    return new Row(time, label, models, predicted, logLoss);
  }
}
