package dev.penstock.core.timeline;

import dev.penstock.core.block.Observation;
import dev.penstock.core.block.ObservationCodec;
import dev.penstock.core.block.SampleBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Slice times and offsets of one partition's samples, from the oldest that is still needed to the
 * newest: two growing arrays, 16 bytes a sample, and what else is known of them where policies look
 * at it.
 */
final class PartitionBuffer {

  private static final int MIN_CAPACITY = 1024;

  private long[] times = new long[MIN_CAPACITY];
  private long[] offsets = new long[MIN_CAPACITY];

  /** As long as the others; null: no block has had any. */
  private @Nullable Observation @Nullable [] observations;

  /** As long as the others; null: no block has had any. */
  private int @Nullable [] labels;

  /** Index of the oldest sample kept. */
  private int head;

  /** Index of the first sample that is not merged yet. */
  private int released;

  private int tail;

  /** Boundary and slice time just before {@link #head}. */
  private long headBoundary;

  private long headTime = Long.MIN_VALUE;

  /** Running maximum of event time, progress markers included. */
  private long frontier = Long.MIN_VALUE;

  private boolean started;

  /**
   * Adds a block.
   *
   * @param earliest samples and frontier are at this slice time at least
   */
  void add(SampleBlock block, long earliest) {
    if (!started) {
      started = true;
      headBoundary = block.startOffset();
    }
    requireOrder(block);
    makeRoom(block.size());
    Observation[] added = block.observations();
    if (added == null && observations != null) {
      Arrays.fill(observations, tail, tail + block.size(), Observation.NONE);
    } else if (added != null) {
      if (observations == null) {
        observations = new Observation[times.length];
        Arrays.fill(observations, head, tail, Observation.NONE);
      }
      System.arraycopy(added, 0, observations, tail, added.length);
    }
    addLabels(block);
    long time = Math.max(frontier, earliest);
    for (int i = 0; i < block.size(); i++) {
      time = Math.max(time, block.time(i));
      times[tail] = time;
      offsets[tail++] = block.offset(i);
    }
    if (block.size() > 0) {
      frontier = time;
    }
    frontier = Math.max(frontier, block.endTime());
  }

  private void addLabels(SampleBlock block) {
    int[] added = block.labels();
    if (added != null && labels == null) {
      labels = new int[times.length];
      Arrays.fill(labels, SampleBlock.UNLABELLED);
    }
    if (added != null) {
      System.arraycopy(added, 0, labels, tail, added.length);
    } else if (labels != null) {
      Arrays.fill(labels, tail, tail + block.size(), SampleBlock.UNLABELLED);
    }
  }

  /** Counts the classes of the samples in {@code [from, to)}. */
  void count(LabelCounts counts, int from, int to) {
    if (labels != null) {
      for (int i = from; i < to; i++) {
        counts.add(labels[i]);
      }
    }
  }

  /**
   * Held samples may be with another subtask than those that follow them after a job with an
   * observer was restored at another parallelism: better no answer than a wrong one.
   */
  private void requireOrder(SampleBlock block) {
    if (block.startOffset() < boundary(tail)) {
      throw new IllegalStateException(
          "blocks of partition %d must be in the order of offsets, got %d after %d; change the"
                  .formatted(block.partition(), block.startOffset(), boundary(tail))
              + " parallelism of a job with an observer after a stop with --drain");
    }
  }

  int head() {
    return head;
  }

  int released() {
    return released;
  }

  int tail() {
    return tail;
  }

  long frontier() {
    return frontier;
  }

  long time(int index) {
    return times[index];
  }

  long offset(int index) {
    return offsets[index];
  }

  @Nullable Observation observation(int index) {
    return observations == null ? null : observations[index];
  }

  /** Exclusive end offset of the samples before {@code index}. */
  long boundary(int index) {
    return index == head ? headBoundary : offsets[index - 1] + 1;
  }

  /** Slice time of the last sample before {@code index}; Long.MIN_VALUE: none. */
  long timeBefore(int index) {
    return index == head ? headTime : times[index - 1];
  }

  /** Index of the first sample in {@code [from, to)} at {@code time} or later, else {@code to}. */
  int lowerBound(long time, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Index of the first sample in {@code [from, to)} later than {@code time}, else {@code to}. */
  int upperBound(long time, int from, int to) {
    return time == Long.MAX_VALUE ? to : lowerBound(time + 1, from, to);
  }

  void release(int newReleased) {
    released = newReleased;
  }

  /** Forgets the samples before {@code index}. */
  void trim(int index) {
    headBoundary = boundary(index);
    headTime = timeBefore(index);
    if (observations != null) {
      Arrays.fill(observations, head, index, null);
    }
    head = index;
    if (head == tail) {
      head = 0;
      released = 0;
      tail = 0;
    }
  }

  private void makeRoom(int samples) {
    if (tail + samples <= times.length) {
      return;
    }
    int kept = tail - head;
    int capacity = Math.max(times.length, Math.addExact(kept, samples));
    if (kept > capacity / 2) {
      capacity = Math.addExact(capacity, capacity / 2);
    }
    times = moved(times, capacity);
    offsets = moved(offsets, capacity);
    if (observations != null) {
      @Nullable Observation[] moved = new Observation[capacity];
      System.arraycopy(observations, head, moved, 0, kept);
      observations = moved;
    }
    if (labels != null) {
      int[] moved = new int[capacity];
      System.arraycopy(labels, head, moved, 0, kept);
      labels = moved;
    }
    released -= head;
    tail = kept;
    head = 0;
  }

  private long[] moved(long[] array, int capacity) {
    if (capacity > array.length) {
      return Arrays.copyOf(Arrays.copyOfRange(array, head, tail), capacity);
    }
    System.arraycopy(array, head, array, 0, tail - head);
    return array;
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(started);
    out.writeLong(headBoundary);
    out.writeLong(headTime);
    out.writeLong(frontier);
    out.writeInt(released - head);
    out.writeInt(tail - head);
    long offset = headBoundary;
    long time = 0;
    for (int i = head; i < tail; i++) {
      Varint.write(out, offsets[i] - offset);
      Varint.write(out, times[i] - time);
      offset = offsets[i] + 1;
      time = times[i];
    }
    out.writeBoolean(observations != null);
    if (observations != null) {
      ObservationCodec.write(kept(observations), 0, tail - head, out);
    }
    out.writeBoolean(labels != null);
    for (int i = head; labels != null && i < tail; i++) {
      Varint.write(out, labels[i]);
    }
  }

  /** Those from head to tail: once a block has had some, all have. */
  @SuppressWarnings("NullAway") // none of these is null
  private Observation[] kept(@Nullable Observation[] all) {
    return Arrays.copyOfRange(all, head, tail);
  }

  static PartitionBuffer read(DataInput in, UnaryOperator<Observation> observed)
      throws IOException {
    PartitionBuffer buffer = new PartitionBuffer();
    buffer.started = in.readBoolean();
    buffer.headBoundary = in.readLong();
    buffer.headTime = in.readLong();
    buffer.frontier = in.readLong();
    buffer.released = in.readInt();
    buffer.tail = in.readInt();
    buffer.times = new long[Math.max(MIN_CAPACITY, buffer.tail)];
    buffer.offsets = new long[buffer.times.length];
    long offset = buffer.headBoundary;
    long time = 0;
    for (int i = 0; i < buffer.tail; i++) {
      buffer.offsets[i] = offset + Varint.read(in);
      buffer.times[i] = time + Varint.read(in);
      offset = buffer.offsets[i] + 1;
      time = buffer.times[i];
    }
    if (in.readBoolean()) {
      Observation[] written = ObservationCodec.read(in);
      Arrays.setAll(written, i -> observed.apply(written[i]));
      buffer.observations = Arrays.copyOf(written, buffer.times.length);
    }
    if (in.readBoolean()) {
      int[] labels = new int[buffer.times.length];
      for (int i = 0; i < buffer.tail; i++) {
        labels[i] = (int) Varint.read(in);
      }
      buffer.labels = labels;
    }
    return buffer;
  }
}
