package dev.penstock.core.downsampling;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A random subset anew for every epoch, no sample twice within one.
 *
 * <p>Okanovic et al.: Repeated Random Sampling for Minimizing the Time-to-Accuracy of Learning,
 * ICLR 2024. Any epoch can be asked for, without those before it.
 *
 * @param ratio of the samples in each epoch
 */
public record Rs2(Ratio ratio, Replacement replacement) {

  /** What is chosen from in an epoch. */
  public enum Replacement {
    /** All samples. */
    WITH,
    /**
     * The samples that were not yet chosen: a random order is cut into {@code floor(n / k)} chunks,
     * one for each epoch, then there is another order. What the division leaves over is left out of
     * a round.
     */
    WITHOUT
  }

  /**
   * The samples of an epoch.
   *
   * @param samples that there are
   * @param epoch from 0
   */
  public Kept keep(int samples, int epoch, long seed) {
    int count = ratio.kept(samples);
    if (replacement == Replacement.WITH || count == 0) {
      return Kept.equally(lowest(samples, count, SampleHash.stream(seed, epoch)));
    }
    int chunks = samples / count;
    long stream = SampleHash.stream(seed, epoch / chunks);
    int chunk = epoch % chunks;
    return Kept.equally(
        IntStream.range(0, samples)
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> LowestKeys.key(SampleHash.of(stream, i))))
            .skip((long) chunk * count)
            .limit(count)
            .mapToInt(i -> i)
            .sorted()
            .toArray());
  }

  private static int[] lowest(int samples, int count, long stream) {
    LowestKeys lowest = new LowestKeys(count);
    for (int i = 0; i < samples; i++) {
      lowest.add(LowestKeys.key(SampleHash.of(stream, i)), i);
    }
    return lowest.indexes();
  }
}
