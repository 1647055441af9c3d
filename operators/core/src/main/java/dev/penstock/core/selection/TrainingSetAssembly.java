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
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
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

  /** Key of the last of them. */
  private long threshold;

  /** How many of those with that very key are still wanted: two partitions may share one. */
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
      SampleSet.Builder all = SampleSet.builder();
      parts.values().forEach(part -> all.addAll(part.taken()));
      return all.build();
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
    if (wanted == 0) {
      return SampleSet.builder().build();
    }
    long[] keys = parts.keySet().stream().flatMapToLong(this::openKeys).sorted().toArray();
    if (keys.length < wanted) {
      throw new IllegalStateException(
          "candidates must be at least " + wanted + ", got " + keys.length);
    }
    threshold = keys[wanted - 1];
    atThreshold = 0;
    for (int i = wanted - 1; i >= 0 && keys[i] == threshold; i--) {
      atThreshold++;
    }
    SampleSet.Builder chosen = SampleSet.builder();
    parts.keySet().forEach(partition -> choose(partition, chosen));
    return chosen.build();
  }

  private void choose(int partition, SampleSet.Builder chosen) {
    long[] keys = openKeys(partition).toArray();
    long[] open = openOffsets(partition).toArray();
    PrimitiveIterator.OfLong sure =
        openCandidates ? part(partition).taken().offsets(partition) : LongStream.empty().iterator();
    OffsetList merged = new OffsetList();
    long nextSure = next(sure);
    for (int i = 0; i < open.length; i++) {
      if (isChosen(keys[i])) {
        for (; nextSure < open[i]; nextSure = next(sure)) {
          merged.add(nextSure);
        }
        merged.add(open[i]);
      }
    }
    for (; nextSure != Long.MAX_VALUE; nextSure = next(sure)) {
      merged.add(nextSure);
    }
    chosen.addSorted(partition, merged.array(), merged.size());
  }

  private boolean isChosen(long key) {
    return key < threshold || (key == threshold && atThreshold-- > 0);
  }

  /** Of the open samples of a partition: as given, or their hashes. */
  private LongStream openKeys(int partition) {
    long[] given = part(partition).keys();
    if (openCandidates && given.length > 0) {
      return Arrays.stream(given);
    }
    long stream = SampleHash.stream(seed, partition);
    return openOffsets(partition).map(offset -> LowestKeys.key(SampleHash.of(stream, offset)));
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

  private static long next(PrimitiveIterator.OfLong offsets) {
    return offsets.hasNext() ? offsets.nextLong() : Long.MAX_VALUE;
  }
}
