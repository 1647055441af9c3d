package dev.penstock.worker.data;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * A training set in parts that are read one after another, so that the first can be trained on
 * while the next are being read. Parts double in size: the first two are a thirty-second of the
 * set, the last is half of it. A part is made of blocks from all over the log, one at random of
 * every two neighbours that do not belong to a later part, so that a large one has about as much of
 * any time. Going through the parts, each shuffled, comes close to a random order of all samples:
 * it is the order of CorgiPile (Xu et al.: In-Database Machine Learning with CorgiPile, SIGMOD
 * 2022), with blocks drawn in strata and a buffer that grows. Which samples are in a part depends
 * on the set and the seed alone.
 */
public final class Parts {

  private static final int COUNT = 6;

  /** At least so many blocks of all partitions are in each of the first two parts. */
  private static final int FIRST_BLOCKS = 4;

  /** Not a number that an epoch or a selection derives its seed from. */
  private static final long USE = Long.MIN_VALUE + 1;

  private final SampleSet set;
  private final int count;

  /** By partition, in the order of reading. */
  private final List<List<Block>> partitions;

  private Parts(SampleSet set, int count, List<List<Block>> partitions) {
    this.set = set;
    this.count = count;
    this.partitions = partitions;
  }

  /** All samples in one part, which is read from its first to its last offset. */
  public static Parts one(SampleSet set) {
    List<List<Block>> partitions = new ArrayList<>();
    int index = 0;
    for (int partition : set.partitions()) {
      int samples = Math.toIntExact(set.size(partition));
      Block all =
          new Block(0, partition, set.first(partition), set.last(partition) + 1, index, samples);
      partitions.add(List.of(all));
      index += samples;
    }
    return new Parts(set, 1, partitions);
  }

  /** Parts of blocks that are drawn with the seed. */
  public static Parts drawn(SampleSet set, long seed) {
    int count = Math.max(1, set.partitions().length);
    int first = (FIRST_BLOCKS + count - 1) / count;
    int ofPartition = first << (COUNT - 1);
    List<List<Block>> partitions = new ArrayList<>();
    int index = 0;
    for (int partition : set.partitions()) {
      int samples = Math.toIntExact(set.size(partition));
      long stream = SampleHash.stream(SampleHash.derive(seed, USE), partition);
      int[] parts = parts(ofPartition, stream);
      partitions.add(blocks(set, partition, index, samples, parts));
      index += samples;
    }
    return new Parts(set, COUNT, partitions);
  }

  /** For each of so many blocks of a partition the part that it falls to. */
  private static int[] parts(int blocks, long stream) {
    int[] parts = new int[blocks];
    List<Integer> left = IntStream.range(0, blocks).boxed().toList();
    for (int part = COUNT - 1; part > 0; part--) {
      List<Integer> earlier = new ArrayList<>();
      for (int i = 0; i < left.size(); i += 2) {
        boolean isSecond = SampleHash.of(stream, (long) left.get(i) * COUNT + part) < 0;
        parts[left.get(isSecond ? i + 1 : i)] = part;
        earlier.add(left.get(isSecond ? i : i + 1));
      }
      left = earlier;
    }
    return parts;
  }

  /** Blocks of equally many samples, by part, then by offset. */
  private static List<Block> blocks(
      SampleSet set, int partition, int firstIndex, int samples, int[] parts) {
    List<Block> blocks = new ArrayList<>();
    PrimitiveIterator.OfLong offsets = set.offsets(partition);
    int begin = 0;
    for (int i = 0; i < parts.length; i++) {
      int end = (int) ((long) samples * (i + 1) / parts.length);
      if (end == begin) {
        continue;
      }
      long from = offsets.nextLong();
      long last = from;
      for (int sample = begin + 1; sample < end; sample++) {
        last = offsets.nextLong();
      }
      blocks.add(new Block(parts[i], partition, from, last + 1, firstIndex + begin, end - begin));
      begin = end;
    }
    blocks.sort(Comparator.comparingInt(Block::part).thenComparingLong(Block::from));
    return blocks;
  }

  /** Number of parts. */
  public int count() {
    return count;
  }

  /** Offsets from the first wanted to the last, of all partitions. */
  public long span() {
    return partitions.stream().flatMap(List::stream).mapToLong(Block::span).sum();
  }

  /** What they are parts of. */
  SampleSet set() {
    return set;
  }

  /** Of each partition that has samples its blocks, in the order in which they are read. */
  List<List<Block>> partitions() {
    return partitions;
  }

  /** Indexes in the buffer of a part's samples, ascending. */
  int[] indexes(int part) {
    return partitions.stream()
        .flatMap(List::stream)
        .filter(block -> block.part() == part)
        .flatMapToInt(
            block -> IntStream.range(block.firstIndex(), block.firstIndex() + block.samples()))
        .toArray();
  }
}
