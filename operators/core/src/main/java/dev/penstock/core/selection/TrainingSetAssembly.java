package dev.penstock.core.selection;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** Joins the parts of all partitions to one training set of exactly the size wanted. */
public final class TrainingSetAssembly {

  private final SortedMap<Integer, PartitionSelection> parts;
  private final long seed;

  /** Whether the choice is among the candidates, as it nearly always is, or those taken. */
  private final boolean openCandidates;

  /** How many of the open samples are still wanted. */
  private final int wanted;

  /** Hash of the last of them. */
  private long threshold;

  /** How many of those with that very hash are still wanted: two partitions may share one. */
  private int atThreshold;

  private TrainingSetAssembly(SortedMap<Integer, PartitionSelection> parts, long size, long seed) {
    this.parts = parts;
    this.seed = seed;
    long taken = parts.values().stream().mapToLong(part -> part.taken().size()).sum();
    this.openCandidates = taken < size;
    this.wanted = Math.toIntExact(openCandidates ? size - taken : size);
  }

  /**
   * The training set: of what the parts have taken and of their candidates, the {@code size}
   * samples of the lowest hashes, in case of a tie those of the lowest (partition, offset).
   *
   * @param parts by partition
   * @param size samples wanted
   * @param seed that the parts were selected with
   */
  public static SampleSet join(SortedMap<Integer, PartitionSelection> parts, long size, long seed) {
    long taken = parts.values().stream().mapToLong(part -> part.taken().size()).sum();
    if (taken == size) {
      SampleSet.Builder all = SampleSet.builder();
      parts.values().forEach(part -> all.addAll(part.taken()));
      return all.build();
    }
    return new TrainingSetAssembly(parts, size, seed).choose();
  }

  private SampleSet choose() {
    long[] hashes = parts.keySet().stream().flatMapToLong(this::openHashes).sorted().toArray();
    if (hashes.length < wanted) {
      throw new IllegalStateException(
          "candidates must be at least " + wanted + ", got " + hashes.length);
    }
    threshold = hashes[wanted - 1];
    atThreshold = 0;
    for (int i = wanted - 1; i >= 0 && hashes[i] == threshold; i--) {
      atThreshold++;
    }
    SampleSet.Builder chosen = SampleSet.builder();
    parts.keySet().forEach(partition -> choose(partition, chosen));
    return chosen.build();
  }

  private void choose(int partition, SampleSet.Builder chosen) {
    long stream = SampleHash.stream(seed, partition);
    PrimitiveIterator.OfLong open =
        openOffsets(partition)
            .filter(offset -> isChosen(ordered(SampleHash.of(stream, offset))))
            .iterator();
    PrimitiveIterator.OfLong sure =
        openCandidates ? part(partition).taken().offsets(partition) : LongStream.empty().iterator();
    OffsetList merged = new OffsetList();
    long nextOpen = next(open);
    long nextSure = next(sure);
    while (nextOpen != Long.MAX_VALUE || nextSure != Long.MAX_VALUE) {
      merged.add(Math.min(nextOpen, nextSure));
      if (nextOpen < nextSure) {
        nextOpen = next(open);
      } else {
        nextSure = next(sure);
      }
    }
    chosen.addSorted(partition, merged.array(), merged.size());
  }

  private boolean isChosen(long hash) {
    return hash < threshold || (hash == threshold && atThreshold-- > 0);
  }

  private LongStream openHashes(int partition) {
    long stream = SampleHash.stream(seed, partition);
    return openOffsets(partition).map(offset -> ordered(SampleHash.of(stream, offset)));
  }

  private LongStream openOffsets(int partition) {
    if (openCandidates) {
      return Arrays.stream(part(partition).candidates());
    }
    SampleSet taken = part(partition).taken();
    return StreamSupport.longStream(
        Spliterators.spliteratorUnknownSize(taken.offsets(partition), Spliterator.ORDERED),
        /* parallel= */ false);
  }

  private PartitionSelection part(int partition) {
    PartitionSelection part = parts.get(partition);
    if (part == null) {
      throw new IllegalArgumentException("No part of partition " + partition);
    }
    return part;
  }

  /** Signed order of the result is unsigned order of the hash. */
  private static long ordered(long hash) {
    return hash ^ Long.MIN_VALUE;
  }

  private static long next(PrimitiveIterator.OfLong offsets) {
    return offsets.hasNext() ? offsets.nextLong() : Long.MAX_VALUE;
  }
}
