package dev.penstock.worker.training;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.PrimitiveIterator;

/** Which samples of a training set are never trained on. */
final class HoldOut {

  /** Not a number that an epoch or a selection derives its seed from. */
  private static final long USE = Long.MIN_VALUE;

  private final BitSet held;

  private HoldOut(BitSet held) {
    this.held = held;
  }

  /** The share that the spec asks for, by a hash that is the same for all of its trainings. */
  static HoldOut of(TrainingSpec spec, SampleSet set) {
    BitSet held = new BitSet();
    if (spec.holdOut().isEmpty()) {
      return new HoldOut(held);
    }
    double share = spec.holdOut().get().share();
    long seed = SampleHash.derive(spec.seed(), USE);
    int index = 0;
    for (int partition : set.partitions()) {
      long stream = SampleHash.stream(seed, partition);
      PrimitiveIterator.OfLong offsets = set.offsets(partition);
      for (; offsets.hasNext(); index++) {
        double uniform = (SampleHash.of(stream, offsets.nextLong()) >>> 11) * 0x1p-53;
        held.set(index, uniform < share);
      }
    }
    return new HoldOut(held);
  }

  /** Those that may be trained on. */
  int[] trained(int[] indexes) {
    return held.isEmpty()
        ? indexes
        : Arrays.stream(indexes).filter(index -> !held.get(index)).toArray();
  }

  /** The others. */
  int[] heldOut(int[] indexes) {
    return Arrays.stream(indexes).filter(held::get).toArray();
  }
}
