package dev.penstock.core.selection;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.request.Draw;
import dev.penstock.core.selection.request.PartitionRequest;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins the parts of all partitions to one training set of exactly the size wanted. */
public final class TrainingSetAssembly {

  private final SortedMap<Integer, PartitionSelection> parts;
  private final long seed;

  /** Whether the choice is among the candidates, as it nearly always is, or those taken. */
  private final boolean openCandidates;

  /** How many of the open samples are still wanted. */
  private final int wanted;

  /** Key of the last of them. */
  private long threshold;

  /** How many of those with that very key are still wanted: two partitions may share one. */
  private int atThreshold;

  /** Some samples of a partition with their keys. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Open(int partition, long[] offsets, long[] keys) {}

  private TrainingSetAssembly(SortedMap<Integer, PartitionSelection> parts, long size, long seed) {
    this.parts = parts;
    this.seed = seed;
    long taken = parts.values().stream().mapToLong(part -> part.taken().size()).sum();
    this.openCandidates = taken < size;
    this.wanted = Math.toIntExact(openCandidates ? size - taken : size);
  }

  /**
   * The training set: of what the parts have taken and of their candidates, the {@code size}
   * samples of the lowest keys, which are hashes unless given; in case of a tie those of the lowest
   * (partition, offset).
   *
   * @param parts by partition
   * @param size samples wanted
   * @param seed that the parts were selected with
   */
  public static SampleSet join(SortedMap<Integer, PartitionSelection> parts, long size, long seed) {
    long taken = parts.values().stream().mapToLong(part -> part.taken().size()).sum();
    if (taken == size) {
      return taken(parts);
    }
    return new TrainingSetAssembly(parts, size, seed).choose();
  }

  /**
   * The training set of a request: each of its draws joined, with weights if it asks for them.
   *
   * @param parts by partition, a selection a draw
   * @param request to any of the partitions
   */
  public static SampleSet join(
      SortedMap<Integer, List<PartitionSelection>> parts, PartitionRequest request) {
    List<SampleSet> groups = new ArrayList<>();
    float[] weights = new float[request.draws().size()];
    double share = (double) request.wanted() / request.size();
    for (int i = 0; i < request.draws().size(); i++) {
      Draw draw = request.draws().get(i);
      SortedMap<Integer, PartitionSelection> ofDraw = new TreeMap<>();
      for (Map.Entry<Integer, List<PartitionSelection>> part : parts.entrySet()) {
        ofDraw.put(part.getKey(), part.getValue().get(i));
      }
      groups.add(join(ofDraw, draw.wanted(), request.seed()));
      weights[i] = (float) (share * draw.size() / draw.wanted());
    }
    return request.weighted() ? SampleSet.union(groups, weights) : SampleSet.union(groups);
  }

  private SampleSet choose() {
    SampleSet chosen = chooseOpen();
    return openCandidates ? SampleSet.union(List.of(taken(parts), chosen)) : chosen;
  }

  private SampleSet chooseOpen() {
    SampleSet.Builder chosen = SampleSet.builder();
    if (wanted > 0) {
      List<Open> open = parts.keySet().stream().map(this::open).toList();
      findThreshold(open);
      open.forEach(samples -> choose(samples, chosen));
    }
    return chosen.build();
  }

  private void findThreshold(List<Open> open) {
    long[] keys = new long[open.stream().mapToInt(samples -> samples.keys.length).sum()];
    int size = 0;
    for (Open samples : open) {
      System.arraycopy(samples.keys, 0, keys, size, samples.keys.length);
      size += samples.keys.length;
    }
    if (keys.length < wanted) {
      throw new IllegalStateException(
          "candidates must be at least " + wanted + ", got " + keys.length);
    }
    threshold = LowestKeys.ranked(keys, wanted);
    atThreshold = wanted;
    for (long key : keys) {
      atThreshold -= key < threshold ? 1 : 0;
    }
  }

  private void choose(Open open, SampleSet.Builder chosen) {
    OffsetList offsets = new OffsetList();
    for (int i = 0; i < open.offsets.length; i++) {
      if (isChosen(open.keys[i])) {
        offsets.add(open.offsets[i]);
      }
    }
    chosen.addSorted(open.partition, offsets.array(), offsets.size());
  }

  private boolean isChosen(long key) {
    return key < threshold || (key == threshold && atThreshold-- > 0);
  }

  /** The open samples of a partition, with the keys that were given, or their hashes. */
  private Open open(int partition) {
    PartitionSelection part = part(partition);
    long[] offsets = openCandidates ? part.candidates() : offsets(part.taken(), partition);
    if (openCandidates && part.keys().length > 0) {
      return new Open(partition, offsets, part.keys());
    }
    long stream = SampleHash.stream(seed, partition);
    long[] keys = new long[offsets.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = LowestKeys.key(SampleHash.of(stream, offsets[i]));
    }
    return new Open(partition, offsets, keys);
  }

  private static long[] offsets(SampleSet samples, int partition) {
    long[] offsets = new long[Math.toIntExact(samples.size(partition))];
    PrimitiveIterator.OfLong next = samples.offsets(partition);
    Arrays.setAll(offsets, i -> next.nextLong());
    return offsets;
  }

  private static SampleSet taken(SortedMap<Integer, PartitionSelection> parts) {
    SampleSet.Builder all = SampleSet.builder();
    parts.values().forEach(part -> all.addAll(part.taken()));
    return all.build();
  }

  private PartitionSelection part(int partition) {
    PartitionSelection part = parts.get(partition);
    if (part == null) {
      throw new IllegalArgumentException("No part of partition " + partition);
    }
    return part;
  }
}
