package dev.penstock.worker.loop;

import dev.penstock.core.sampling.SampleHash;
import java.util.SplittableRandom;

/** The order in which an epoch goes through the samples. */
public final class EpochOrder {

  private EpochOrder() {}

  /** Shuffles one part of a first epoch in place: the same seed and part give the same order. */
  public static void shufflePart(int[] indexes, long seed, int part) {
    // Not a number that an epoch or a selection derives its seed from.
    shuffle(indexes, SampleHash.derive(seed, -1L - part), 1);
  }

  /**
   * Shuffles in place (Fisher and Yates, in Durstenfeld's form, CACM 1964): the same seed and epoch
   * give the same order.
   */
  public static void shuffle(int[] indexes, long seed, int epoch) {
    SplittableRandom random = new SplittableRandom(SampleHash.derive(seed, epoch));
    for (int i = indexes.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = indexes[i];
      indexes[i] = indexes[j];
      indexes[j] = swapped;
    }
  }
}
