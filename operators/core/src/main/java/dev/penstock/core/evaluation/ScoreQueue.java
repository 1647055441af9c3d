package dev.penstock.core.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Merges the scored samples of all partitions in position order: by slice time, then partition,
 * then offset, as far as the slowest partition has come. One sample at a time, which is no more
 * than a small share of what scoring it costs.
 */
public final class ScoreQueue {

  private final Partition[] partitions;

  /** Time of the newest sample handed on. */
  private long released = Long.MIN_VALUE;

  /**
   * One sample of one partition with every pipeline's scores.
   *
   * @param models id of the version that scored, by pipeline; empty: none was active
   */
  public record Row(long time, double label, String[] models, float[] predicted, float[] logLoss) {

    private Row at(long newTime) {
      return new Row(newTime, label, models, predicted, logLoss);
    }

    /**
     * The same sample for other pipelines.
     *
     * @param pipelines for each of them its index in this row; -1: it is not there and has no model
     */
    public Row of(int[] pipelines) {
      String[] newModels = new String[pipelines.length];
      float[] newPredicted = new float[pipelines.length];
      float[] newLogLoss = new float[pipelines.length];
      for (int i = 0; i < pipelines.length; i++) {
        int from = pipelines[i];
        newModels[i] = from < 0 ? "" : models[from];
        newPredicted[i] = from < 0 ? 0 : predicted[from];
        newLogLoss[i] = from < 0 ? 0 : logLoss[from];
      }
      return new Row(time, label, newModels, newPredicted, newLogLoss);
    }
  }

  private static final class Partition {
    private final Deque<Row> rows = new ArrayDeque<>();
    private long frontier = Long.MIN_VALUE;
    private boolean idle;

    /** Nothing that will come is older. */
    private long comingFrom() {
      Row head = rows.peekFirst();
      if (head != null) {
        return head.time;
      }
      return idle ? Long.MAX_VALUE : frontier;
    }
  }

  /** A queue at the start of the log. */
  public ScoreQueue(int partitions) {
    this.partitions = new Partition[partitions];
    for (int i = 0; i < partitions; i++) {
      this.partitions[i] = new Partition();
    }
  }

  /** Number of partitions. */
  public int partitions() {
    return partitions.length;
  }

  /**
   * Appends a sample. Its time becomes the running maximum; after an idle time, of all samples that
   * were not held back for it.
   */
  public void add(int partition, Row row) {
    Partition queue = partitions[partition];
    progress(partition, Math.max(row.time, released));
    queue.rows.add(row.at(queue.frontier));
  }

  /** Nothing older than {@code time} will come from the partition, which is not idle any more. */
  public void progress(int partition, long time) {
    Partition queue = partitions[partition];
    queue.frontier = Math.max(queue.frontier, time);
    queue.idle = false;
  }

  /** The partition is not waited for until something comes from it. */
  public void markIdle(int partition) {
    partitions[partition].idle = true;
  }

  /** Hands on all samples that no partition can come before any more. */
  public void release(Consumer<Row> rows) {
    while (true) {
      int first = -1;
      long time = Long.MAX_VALUE;
      for (int i = 0; i < partitions.length; i++) {
        long at = partitions[i].comingFrom();
        if (first < 0 || at < time) {
          first = i;
          time = at;
        }
      }
      Optional<Row> next = Optional.ofNullable(partitions[first].rows.pollFirst());
      if (next.isEmpty()) {
        return;
      }
      released = time;
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
    out.writeInt(partitions.length);
    out.writeLong(released);
    for (Partition partition : partitions) {
      out.writeLong(partition.frontier);
      out.writeBoolean(partition.idle);
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

  /**
   * A queue that {@link #write} wrote.
   *
   * @param rows of the present pipelines from those that were written
   */
  public static ScoreQueue read(DataInput in, UnaryOperator<Row> rows) throws IOException {
    ScoreQueue queue = new ScoreQueue(in.readInt());
    queue.released = in.readLong();
    for (Partition partition : queue.partitions) {
      partition.frontier = in.readLong();
      partition.idle = in.readBoolean();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        partition.rows.add(rows.apply(row(in)));
      }
    }
    return queue;
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
