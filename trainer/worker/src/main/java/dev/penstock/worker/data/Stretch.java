package dev.penstock.worker.data;

import dev.penstock.schemas.trainingset.SampleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * One partition's samples of a training set: a stretch of the sample log, and of the buffer.
 *
 * @param partition of the sample log
 * @param from first offset wanted
 * @param to end, exclusive: the last offset wanted is the one before
 * @param firstIndex index of its first sample in the buffer
 * @param samples number of samples wanted
 */
record Stretch(int partition, long from, long to, int firstIndex, int samples) {

  /** The stretches of a training set, by partition. */
  static List<Stretch> of(SampleSet set) {
    List<Stretch> stretches = new ArrayList<>();
    int index = 0;
    for (int partition : set.partitions()) {
      int samples = Math.toIntExact(set.size(partition));
      stretches.add(
          new Stretch(partition, set.first(partition), set.last(partition) + 1, index, samples));
      index += samples;
    }
    return stretches;
  }

  /** Offsets from the first wanted to the last. */
  long span() {
    return to - from;
  }

  /** How many of its samples the first {@code count} of {@code parts} equal parts have. */
  int samples(int count, int parts) {
    return (int) ((long) samples * count / parts);
  }
}
