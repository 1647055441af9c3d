package dev.penstock.worker.data;

import dev.penstock.schemas.trainingset.SampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * A stretch of one partition, for one fetcher.
 *
 * @param partition of the sample log
 * @param from first offset wanted
 * @param to end, exclusive: the last offset wanted is the one before
 * @param firstIndex index of its first sample in the training set
 * @param samples number of samples wanted
 */
record Shard(int partition, long from, long to, int firstIndex, int samples) {

  /** Cuts a training set into about {@code count} stretches of equal span. */
  static List<Shard> of(SampleSet set, int count) {
    long span = 0;
    for (int partition : set.partitions()) {
      span += set.last(partition) + 1 - set.first(partition);
    }
    long target = Math.max(1, (span + count - 1) / count);
    List<Shard> shards = new ArrayList<>();
    int index = 0;
    for (int partition : set.partitions()) {
      PrimitiveIterator.OfLong offsets = set.offsets(partition);
      long from = offsets.nextLong();
      long last = from;
      int samples = 1;
      while (offsets.hasNext()) {
        long offset = offsets.nextLong();
        if (offset - from >= target) {
          shards.add(new Shard(partition, from, last + 1, index, samples));
          index += samples;
          samples = 0;
          from = offset;
        }
        last = offset;
        samples++;
      }
      shards.add(new Shard(partition, from, last + 1, index, samples));
      index += samples;
    }
    return shards;
  }
}
