package dev.penstock.core.selection.plan;

import dev.penstock.core.sampling.ExponentialKey;
import dev.penstock.core.stats.Require;
import java.time.Duration;

/**
 * Newer samples are likelier: the weight of a sample halves with every half-life that its slice
 * time lies further back.
 *
 * <p>The ratio of two weights does not depend on when they are compared, so a sample's key is its
 * own for good (forward decay; Cormode, Shkapenyuk, Srivastava, Xu: Forward Decay, ICDE 2009), and
 * a choice of the lowest keys can be kept up from trigger to trigger in the memory of the choice.
 *
 * @param halfLife at least a millisecond. Keys of times {@code t} half-lives after the epoch are
 *     precise to {@code t} times 10⁻¹⁶: 10⁻⁸ for a second
 */
public record RecencyDecay(Duration halfLife) {

  private static final double LN_2 = 0.6931471805599453;

  public RecencyDecay {
    Require.check(halfLife.toMillis() >= 1, "half-life", "at least 1 ms", halfLife.toMillis());
  }

  /** Natural logarithm of a sample's weight; of one at the epoch, 0. */
  public double logWeight(long timeMillis) {
    return LN_2 * timeMillis / halfLife.toMillis();
  }

  /** The key of a sample, of which the lowest are taken. */
  public double key(long hash, long timeMillis) {
    return ExponentialKey.of(hash, logWeight(timeMillis));
  }
}
