package dev.penstock.schemas.trainingset;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges sets that have no sample in common: bitmap by bitmap, or with weights, which stand in the
 * order of samples, {@code O(log sets)} a sample.
 */
final class SampleSetUnion {

  private static final int BATCH = 4096;

  private final List<SampleSet> sets;
  private final SampleSet.Builder union = SampleSet.builder();
  private final long[] batch = new long[BATCH];
  private int size;
  private float[] weights = new float[BATCH];
  private int weighted;

  /** Where a set's merge has come to. */
  private static final class Cursor {

    private final int set;
    private final PrimitiveIterator.OfLong rest;
    private long offset;

    Cursor(int set, PrimitiveIterator.OfLong rest) {
      this.set = set;
      this.rest = rest;
    }

    boolean advance() {
      if (!rest.hasNext()) {
        return false;
      }
      offset = rest.nextLong();
      return true;
    }
  }

  SampleSetUnion(List<SampleSet> sets) {
    this.sets = sets;
  }

  /** The union; null: without weights. */
  SampleSet build(float @Nullable [] setWeights) {
    TreeSet<Integer> partitions = new TreeSet<>();
    for (SampleSet set : sets) {
      Arrays.stream(set.partitions()).forEach(partitions::add);
    }
    for (int partition : partitions) {
      if (setWeights != null || !unite(partition)) {
        merge(partition, setWeights);
      }
    }
    if (setWeights != null) {
      union.weights(Arrays.copyOf(weights, weighted));
    }
    return union.build();
  }

  /** Unites the bitmaps, unless the partition's samples span more than one can hold. */
  private boolean unite(int partition) {
    List<Segment> segments =
        sets.stream().flatMap(set -> set.segments(partition).stream()).toList();
    Optional<Segment> united = Segment.union(segments);
    united.ifPresent(segment -> union.add(partition, segment));
    return united.isPresent();
  }

  private void merge(int partition, float @Nullable [] setWeights) {
    PriorityQueue<Cursor> cursors = new PriorityQueue<>((a, b) -> Long.compare(a.offset, b.offset));
    for (int i = 0; i < sets.size(); i++) {
      Cursor cursor = new Cursor(i, sets.get(i).offsets(partition));
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
    for (Cursor next = cursors.poll(); next != null; next = cursors.poll()) {
      long limit = cursors.isEmpty() ? Long.MAX_VALUE : cursors.element().offset;
      boolean more;
      do {
        add(partition, next.offset, setWeights == null ? Float.NaN : setWeights[next.set]);
        more = next.advance();
      } while (more && next.offset < limit);
      if (more) {
        cursors.add(next);
      }
    }
    flush(partition);
  }

  private void add(int partition, long offset, float weight) {
    if (size == BATCH) {
      flush(partition);
    }
    batch[size++] = offset;
    if (!Float.isNaN(weight)) {
      if (weighted == weights.length) {
        weights = Arrays.copyOf(weights, Math.addExact(weighted, weighted / 2));
      }
      weights[weighted++] = weight;
    }
  }

  private void flush(int partition) {
    union.addSorted(partition, batch, size);
    size = 0;
  }
}
