package dev.penstock.core.selection;

import dev.penstock.core.sampling.ExponentialKey;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.chunk.KeptSamples.Kept;
import dev.penstock.core.selection.chunk.OffsetChunks;
import dev.penstock.core.selection.chunk.TimeChunks;
import dev.penstock.core.selection.plan.RecencyDecay;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The samples of a partition with the lowest keys of decaying weights.
 *
 * <p>The newest chunk is looked at first: its samples are likeliest to be chosen, and the highest
 * key that is still among the lowest soon excludes nearly all others. No sample of a chunk weighs
 * more than one at the chunk's last time, so that a key that is low enough takes a hash below a
 * limit: the others cost a hash and a comparison each in place of two logarithms.
 */
final class DecayedChoice {

  private final LowestKeys lowest;
  private final RecencyDecay decay;
  private final long stream;

  /** What was among the lowest when it was looked at, by chunk, oldest first. */
  private final Deque<Entries> entries = new ArrayDeque<>();

  private final Kept before;

  private record Entries(OffsetList offsets, OffsetList keys) {

    void add(long offset, long key) {
      offsets.add(offset);
      keys.add(key);
    }
  }

  /**
   * A choice of so many samples.
   *
   * @param before what was chosen of older samples
   */
  DecayedChoice(int wanted, RecencyDecay decay, long stream, Kept before) {
    this.lowest = new LowestKeys(wanted);
    this.decay = decay;
    this.stream = stream;
    this.before = before;
    for (int i = 0; i < before.offsets().length; i++) {
      lowest.add(before.keys()[i], before.offsets()[i]);
    }
  }

  /** Looks at the samples of {@code [from, to)}, which are newer than those chosen before. */
  void add(TimeChunks times, OffsetChunks holes, long from, long to) {
    times.forEachBackwards(
        from,
        to,
        latest -> {
          long limit = limit(latest);
          Entries chunk = new Entries(new OffsetList(), new OffsetList());
          entries.addFirst(chunk);
          return (offset, time) -> {
            long hash = SampleHash.of(stream, offset);
            if (Long.compareUnsigned(hash, limit) <= 0) {
              add(offset, LowestKeys.key(decay.key(hash, time)), holes, chunk);
            }
          };
        });
  }

  /** Hashes above it (unsigned) are of no sample up to that time that may be chosen. */
  private long limit(long latest) {
    return lowest.isFull()
        ? ExponentialKey.highestHash(LowestKeys.value(lowest.highest()), decay.logWeight(latest))
        : -1;
  }

  private void add(long offset, long key, OffsetChunks holes, Entries chunk) {
    if (lowest.holds(key, offset) && holes.next(offset, offset + 1) > offset) {
      lowest.add(key, offset);
      chunk.add(offset, key);
    }
  }

  /** The choice. */
  Kept lowest() {
    Entries chosen = new Entries(new OffsetList(), new OffsetList());
    for (int i = 0; i < before.offsets().length; i++) {
      addIfLowest(before.offsets()[i], before.keys()[i], chosen);
    }
    for (Entries chunk : entries) {
      for (int i = 0; i < chunk.offsets.size(); i++) {
        addIfLowest(chunk.offsets.array()[i], chunk.keys.array()[i], chosen);
      }
    }
    return new Kept(chosen.offsets.toArray(), chosen.keys.toArray());
  }

  private void addIfLowest(long offset, long key, Entries chosen) {
    if (lowest.holds(key, offset)) {
      chosen.add(offset, key);
    }
  }
}
