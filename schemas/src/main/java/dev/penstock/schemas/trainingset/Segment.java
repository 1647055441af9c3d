package dev.penstock.schemas.trainingset;

import dev.penstock.schemas.PartitionSamples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * Offsets within 2^32 of a base.
 *
 * @param base a multiple of {@link #ALIGNMENT}, so that chunks of 65,536 offsets stay chunks
 * @param bitmap of offset - base
 */
record Segment(long base, RoaringBitmap bitmap) {

  static final long ALIGNMENT = 1 << 16;
  static final long MAX_SPAN = 1L << 32;

  static Segment startingAt(long offset) {
    return new Segment(offset & -ALIGNMENT, new RoaringBitmap());
  }

  static Segment of(PartitionSamples samples) {
    long base = samples.getBaseOffset();
    if (base < 0 || base % ALIGNMENT != 0) {
      throw new CorruptTrainingSetException(
          "base offset must be a multiple of " + ALIGNMENT + ", got " + base);
    }
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(samples.getBitmap().duplicate());
    } catch (IOException | RuntimeException e) {
      throw new CorruptTrainingSetException(
          "Bitmap of partition " + samples.getPartition() + " could not be read", e);
    }
    return new Segment(base, bitmap);
  }

  /**
   * The samples of all; empty: they span too much for one.
   *
   * @param segments of a partition, at least one, that have none in common
   */
  static Optional<Segment> union(List<Segment> segments) {
    long base = segments.stream().mapToLong(Segment::base).min().orElseThrow();
    long last = segments.stream().mapToLong(Segment::last).max().orElseThrow();
    if (last - base >= MAX_SPAN) {
      return Optional.empty();
    }
    RoaringBitmap united = new RoaringBitmap();
    long size = 0;
    for (Segment segment : segments) {
      size += segment.bitmap.getLongCardinality();
      united.or(RoaringBitmap.addOffset(segment.bitmap, segment.base - base));
    }
    if (united.getLongCardinality() != size) {
      throw new IllegalArgumentException(
          "sets must have no sample in common, got "
              + (size - united.getLongCardinality())
              + " that several have");
    }
    return Optional.of(new Segment(base, united));
  }

  boolean reaches(long offset) {
    return offset - base < MAX_SPAN;
  }

  long first() {
    return base + Integer.toUnsignedLong(bitmap.first());
  }

  long last() {
    return base + Integer.toUnsignedLong(bitmap.last());
  }

  PartitionSamples toRecord(int partition) {
    bitmap.runOptimize();
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return new PartitionSamples(partition, base, bytes.flip());
  }
}
