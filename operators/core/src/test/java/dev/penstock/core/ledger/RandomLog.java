package dev.penstock.core.ledger;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.timeline.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** A seeded sample log, as blocks in a random order of arrival and as one sorted list. */
public final class RandomLog {

  /** Classes of samples, each half as frequent as the one before. */
  public static final int CLASSES = 4;

  private final int partitions;
  private final List<List<SampleBlock>> blocks = new ArrayList<>();
  private final List<Position> sorted = new ArrayList<>();

  /** A log. */
  public RandomLog(long seed, int partitions, int samples) {
    this.partitions = partitions;
    SplittableRandom random = new SplittableRandom(seed);
    long[] offsets = new long[partitions];
    long[] times = new long[partitions];
    List<List<Position>> byPartition = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      byPartition.add(new ArrayList<>());
      offsets[partition] = random.nextInt(100);
    }
    for (int i = 0; i < samples; i++) {
      int partition = random.nextInt(partitions);
      // Ties are frequent, and so are steps back, which the running maximum hides.
      times[partition] = Math.max(times[partition], i / 4 - random.nextInt(6));
      Position position = new Position(times[partition], partition, offsets[partition]);
      offsets[partition] += 1 + random.nextInt(2);
      byPartition.get(partition).add(position);
      sorted.add(position);
    }
    Collections.sort(sorted);
    for (int partition = 0; partition < partitions; partition++) {
      blocks.add(cut(partition, byPartition.get(partition), random, samples));
    }
  }

  /** The class of a sample; a few have none. */
  public static int label(Position sample) {
    long hash = SampleHash.of(SampleHash.stream(7, sample.partition()), sample.offset());
    int label = Long.numberOfLeadingZeros(hash);
    return label < CLASSES ? label : SampleBlock.UNLABELLED;
  }

  private static List<SampleBlock> cut(
      int partition, List<Position> samples, SplittableRandom random, long end) {
    List<SampleBlock> cut = new ArrayList<>();
    int from = 0;
    while (from < samples.size()) {
      int to = Math.min(samples.size(), from + 1 + random.nextInt(30));
      List<Position> part = samples.subList(from, to);
      cut.add(
          SampleBlock.of(
                  partition,
                  part.get(0).offset(),
                  part.get(part.size() - 1).offset() + 1,
                  part.stream().mapToLong(Position::offset).toArray(),
                  part.stream().mapToLong(Position::time).toArray(),
                  part.get(part.size() - 1).time())
              .withLabels(part.stream().mapToInt(RandomLog::label).toArray()));
      from = to;
    }
    // A progress marker ends every partition.
    long last = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).offset() + 1;
    cut.add(SampleBlock.marker(partition, last, end));
    return cut;
  }

  /** Number of partitions. */
  public int partitions() {
    return partitions;
  }

  /** All samples in position order. */
  public List<Position> sorted() {
    return sorted;
  }

  /** All blocks, those of a partition in order, the partitions shuffled. */
  public List<SampleBlock> arrival(SplittableRandom random) {
    int[] next = new int[partitions];
    List<SampleBlock> arrival = new ArrayList<>();
    int left = blocks.stream().mapToInt(List::size).sum();
    while (left > 0) {
      int partition = random.nextInt(partitions);
      if (next[partition] < blocks.get(partition).size()) {
        arrival.add(blocks.get(partition).get(next[partition]++));
        left--;
      }
    }
    return arrival;
  }
}
