package dev.penstock.cli.lineage;

import dev.penstock.schemas.trainingset.SampleSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PrimitiveIterator;

/** Weights of a set's samples by their place in the log: 12 bytes a sample, if there are any. */
final class WeightedSamples {

  private final Map<Integer, long[]> offsets = new HashMap<>();
  private final Map<Integer, Integer> firstIndex = new HashMap<>();
  private final float[] weights;

  WeightedSamples(SampleSet set) {
    weights = set.weights().orElse(new float[0]);
    int index = 0;
    for (int partition : weights.length == 0 ? new int[0] : set.partitions()) {
      long[] ofPartition = new long[Math.toIntExact(set.size(partition))];
      PrimitiveIterator.OfLong each = set.offsets(partition);
      for (int i = 0; i < ofPartition.length; i++) {
        ofPartition[i] = each.nextLong();
      }
      offsets.put(partition, ofPartition);
      firstIndex.put(partition, index);
      index += ofPartition.length;
    }
  }

  /** What a sample of the set counts. */
  float weight(int partition, long offset) {
    long[] ofPartition = offsets.get(partition);
    return ofPartition == null
        ? 1
        : weights[firstIndex.getOrDefault(partition, 0) + Arrays.binarySearch(ofPartition, offset)];
  }
}
