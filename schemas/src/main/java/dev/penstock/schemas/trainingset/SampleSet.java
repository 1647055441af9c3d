package dev.penstock.schemas.trainingset;

import dev.penstock.schemas.PartitionSamples;
import dev.penstock.schemas.TrainingSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Exactly the samples to train on: (partition, offset) pairs, with optional weights. Immutable. */
public final class SampleSet {

  private final SortedMap<Integer, List<Segment>> partitions;
  private final float @Nullable [] weights;
  private final long size;
  private @Nullable String digest;

  private SampleSet(SortedMap<Integer, List<Segment>> partitions, float @Nullable [] weights) {
    this.partitions = partitions;
    this.weights = weights;
    this.size =
        partitions.values().stream()
            .flatMap(List::stream)
            .mapToLong(segment -> segment.bitmap().getLongCardinality())
            .sum();
    if (weights != null && weights.length != size) {
      throw new IllegalArgumentException(
          "weights must be one a sample, got " + weights.length + " for " + size + " samples");
    }
  }

  /** Collects samples. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads what {@link #toRecord} wrote.
   *
   * @throws CorruptTrainingSetException if it does not hold what its digest says
   */
  public static SampleSet of(TrainingSet training) {
    Builder builder = builder();
    SampleSet set;
    try {
      training.getPartitions().forEach(builder::add);
      if (training.getWeights() != null) {
        builder.weights(floats(training.getWeights()));
      }
      set = builder.build();
    } catch (IllegalArgumentException e) {
      throw new CorruptTrainingSetException("Training set could not be read", e);
    }
    if (!set.digest().equals(training.getDigest())) {
      throw new CorruptTrainingSetException(
          "digest must be " + training.getDigest() + ", got " + set.digest());
    }
    return set;
  }

  /** The samples of several sets that have none in common, without weights. */
  public static SampleSet union(List<SampleSet> sets) {
    return sets.size() == 1 && sets.get(0).weights == null
        ? sets.get(0)
        : new SampleSetUnion(sets).build(/* setWeights= */ null);
  }

  /**
   * The samples of several sets that have none in common.
   *
   * @param setWeights for each set, the weight of its samples
   */
  public static SampleSet union(List<SampleSet> sets, float[] setWeights) {
    return new SampleSetUnion(sets).build(setWeights);
  }

  /** The set as it goes into a message. */
  public TrainingSet toRecord() {
    return new TrainingSet(samples(), weights == null ? null : bytes(weights), size, digest());
  }

  /** The set's bitmaps alone, for a part of a set that is joined with others. */
  public List<PartitionSamples> samples() {
    List<PartitionSamples> samples = new ArrayList<>();
    partitions.forEach(
        (partition, segments) ->
            segments.forEach(segment -> samples.add(segment.toRecord(partition))));
    return samples;
  }

  /** Number of samples. */
  public long size() {
    return size;
  }

  /** Number of samples of a partition. */
  public long size(int partition) {
    return segments(partition).stream()
        .mapToLong(segment -> segment.bitmap().getLongCardinality())
        .sum();
  }

  /** Partitions that have samples, ascending. */
  public int[] partitions() {
    return partitions.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Lowest offset of a partition that has samples. */
  public long first(int partition) {
    return segments(partition).stream().findFirst().orElseThrow(() -> none(partition)).first();
  }

  /** Highest offset of a partition that has samples. */
  public long last(int partition) {
    List<Segment> segments = segments(partition);
    if (segments.isEmpty()) {
      throw none(partition);
    }
    return segments.get(segments.size() - 1).last();
  }

  /** Whether the sample is in the set. */
  public boolean contains(int partition, long offset) {
    for (Segment segment : segments(partition)) {
      if (offset >= segment.base() && segment.reaches(offset)) {
        return segment.bitmap().contains((int) (offset - segment.base()));
      }
    }
    return false;
  }

  /** Offsets of a partition, ascending. */
  public PrimitiveIterator.OfLong offsets(int partition) {
    return offsets(partition, 0);
  }

  /** Offsets of a partition that are not below {@code from}, ascending. */
  public PrimitiveIterator.OfLong offsets(int partition, long from) {
    return new Offsets(segments(partition), from);
  }

  /** One a sample in (partition, offset) order; empty: all 1. */
  public Optional<float[]> weights() {
    return Optional.ofNullable(weights).map(float[]::clone);
  }

  /** SHA-256 of the canonical form, lower-case hex; see the package's description. */
  public String digest() {
    // Not before it is asked for: it costs more than all else, and parts of sets need none.
    String known = digest;
    if (known == null) {
      known = SampleSetDigest.of(this);
      digest = known;
    }
    return known;
  }

  List<Segment> segments(int partition) {
    return partitions.getOrDefault(partition, List.of());
  }

  private static NoSuchElementException none(int partition) {
    return new NoSuchElementException("No samples of partition " + partition);
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] result = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(result);
    return result;
  }

  static ByteBuffer bytes(float[] floats) {
    ByteBuffer result = ByteBuffer.allocate(Math.multiplyExact(floats.length, Float.BYTES));
    result.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(floats);
    return result;
  }

  /** Takes offsets out of a bitmap by the batch, which saves calls of its iterator. */
  private static final class Offsets implements PrimitiveIterator.OfLong {

    private static final int BATCH = 256;

    private final Iterator<Segment> segments;
    private final long from;
    private final int[] batch = new int[BATCH];
    private BatchIterator values = new RoaringBitmap().getBatchIterator();
    private long base;
    private int place;
    private int size;

    Offsets(List<Segment> segments, long from) {
      this.segments = segments.stream().filter(segment -> segment.last() >= from).iterator();
      this.from = from;
    }

    @Override
    public boolean hasNext() {
      while (place == size) {
        if (values.hasNext()) {
          size = values.nextBatch(batch);
          place = 0;
        } else if (segments.hasNext()) {
          Segment segment = segments.next();
          base = segment.base();
          values = segment.bitmap().getBatchIterator();
          if (base < from) {
            values.advanceIfNeeded((int) (from - base));
          }
        } else {
          return false;
        }
      }
      return true;
    }

    @Override
    public long nextLong() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return base + Integer.toUnsignedLong(batch[place++]);
    }
  }

  /** Collects samples, offsets of a partition in ascending order. */
  public static final class Builder {

    private final SortedMap<Integer, List<Segment>> partitions = new TreeMap<>();
    private float @Nullable [] weights;

    private Builder() {}

    /** Adds a sample. */
    public Builder add(int partition, long offset) {
      Segment segment = segment(partition, offset);
      segment.bitmap().add((int) (offset - segment.base()));
      return this;
    }

    /** Adds the first {@code count} of the offsets, which ascend. */
    public Builder addSorted(int partition, long[] offsets, int count) {
      int[] values = new int[count];
      for (int start = 0; start < count; ) {
        Segment segment = segment(partition, offsets[start]);
        int end = start;
        while (end < count && segment.reaches(offsets[end])) {
          values[end] = (int) (offsets[end] - segment.base());
          end++;
        }
        segment.bitmap().addN(values, start, end - start);
        start = end;
      }
      return this;
    }

    /**
     * Adds the samples of the set bits.
     *
     * @param base offset of the first word's lowest bit, a multiple of 65,536
     * @param words of 64 offsets, at most 1024
     */
    public Builder addBits(int partition, long base, long[] words) {
      RoaringBitmap bits = BitSetUtil.bitmapOf(words);
      if (!bits.isEmpty()) {
        Segment segment = segment(partition, base + bits.first());
        segment.bitmap().or(RoaringBitmap.addOffset(bits, base - segment.base()));
      }
      return this;
    }

    /** Adds the samples at {@code from} up to and without {@code to}. */
    public Builder addRange(int partition, long from, long to) {
      long start = from;
      while (start < to) {
        Segment segment = segment(partition, start);
        long end = Math.min(to, segment.base() + Segment.MAX_SPAN);
        segment.bitmap().add(start - segment.base(), end - segment.base());
        start = end;
      }
      return this;
    }

    /** Adds samples that all come after those of their partition so far. */
    public Builder add(PartitionSamples samples) {
      return add(samples.getPartition(), Segment.of(samples));
    }

    Builder add(int partition, Segment segment) {
      if (!segment.bitmap().isEmpty()) {
        List<Segment> segments = partitions.computeIfAbsent(partition, absent -> new ArrayList<>());
        if (!segments.isEmpty()) {
          checkAscending(segments.get(segments.size() - 1).last(), segment.first());
        }
        segments.add(segment);
      }
      return this;
    }

    /** Adds the samples of another set, whose partitions this one has none of. */
    public Builder addAll(SampleSet other) {
      other.partitions.forEach(
          (partition, segments) -> {
            if (partitions.putIfAbsent(partition, new ArrayList<>(segments)) != null) {
              throw new IllegalArgumentException(
                  "partition must be new, got " + partition + " again");
            }
          });
      return this;
    }

    /** Sets weights, one a sample in (partition, offset) order. */
    public Builder weights(float[] newWeights) {
      weights = newWeights.clone();
      return this;
    }

    /** The set. */
    public SampleSet build() {
      return new SampleSet(partitions, weights);
    }

    private Segment segment(int partition, long offset) {
      if (offset < 0) {
        throw new IllegalArgumentException("offset must not be negative, got " + offset);
      }
      List<Segment> segments = partitions.computeIfAbsent(partition, absent -> new ArrayList<>());
      if (segments.isEmpty() || !segments.get(segments.size() - 1).reaches(offset)) {
        segments.add(Segment.startingAt(offset));
      }
      Segment last = segments.get(segments.size() - 1);
      if (!last.bitmap().isEmpty()) {
        checkAscending(last.last(), offset);
      }
      return last;
    }

    private static void checkAscending(long last, long next) {
      if (next <= last) {
        throw new IllegalArgumentException(
            "offset must be above the partition's last, " + last + ", got " + next);
      }
    }
  }
}
