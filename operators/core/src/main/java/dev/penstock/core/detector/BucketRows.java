package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Exponential histogram: row {@code i} has buckets of {@code 2^i} values, the oldest first; the
 * last row has the oldest values. The last row is never empty.
 */
final class BucketRows {

  private final int maxBuckets;
  private final List<Row> rows = new ArrayList<>();

  private static final class Row {

    /** One more than stays: a row overflows before its oldest two move on. */
    final double[] totals;

    final double[] deviations;
    int size;

    Row(int maxBuckets) {
      totals = new double[maxBuckets + 1];
      deviations = new double[maxBuckets + 1];
    }

    void add(double total, double deviation) {
      totals[size] = total;
      deviations[size] = deviation;
      size++;
    }

    void dropOldest(int count) {
      System.arraycopy(totals, count, totals, 0, size - count);
      System.arraycopy(deviations, count, deviations, 0, size - count);
      size -= count;
    }
  }

  BucketRows(int maxBuckets) {
    this.maxBuckets = maxBuckets;
  }

  static long width(int row) {
    return 1L << row;
  }

  int count() {
    return rows.size();
  }

  int buckets(int row) {
    return rows.get(row).size;
  }

  double total(int row, int bucket) {
    return rows.get(row).totals[bucket];
  }

  /** Sum of the squared deviations from the bucket's mean. */
  double deviations(int row, int bucket) {
    return rows.get(row).deviations[bucket];
  }

  void add(double value) {
    row(0).add(value, 0);
    for (int i = 0; rows.get(i).size > maxBuckets; i++) {
      Row row = rows.get(i);
      double n = width(i);
      double difference = row.totals[0] / n - row.totals[1] / n;
      double between = n * n * difference * difference / (n + n);
      row(i + 1)
          .add(row.totals[0] + row.totals[1], row.deviations[0] + row.deviations[1] + between);
      row.dropOldest(2);
    }
  }

  private Row row(int i) {
    if (i == rows.size()) {
      rows.add(new Row(maxBuckets));
    }
    return rows.get(i);
  }

  void dropOldest() {
    Row last = rows.get(rows.size() - 1);
    last.dropOldest(1);
    while (!rows.isEmpty() && rows.get(rows.size() - 1).size == 0) {
      rows.remove(rows.size() - 1);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(maxBuckets);
    out.writeInt(rows.size());
    for (Row row : rows) {
      out.writeInt(row.size);
      for (int i = 0; i < row.size; i++) {
        out.writeDouble(row.totals[i]);
        out.writeDouble(row.deviations[i]);
      }
    }
  }

  /** Adds what {@link #write} wrote to none. */
  void read(DataInput in) throws IOException {
    int written = in.readInt();
    Require.check(
        written == maxBuckets, "maxBuckets", "the " + written + " of the state", maxBuckets);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Row row = row(i);
      int size = in.readInt();
      for (int bucket = 0; bucket < size; bucket++) {
        row.add(in.readDouble(), in.readDouble());
      }
    }
  }
}
