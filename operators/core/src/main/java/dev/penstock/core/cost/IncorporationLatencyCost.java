package dev.penstock.core.cost;

import dev.penstock.core.criterion.Decision;
import dev.penstock.core.stats.Require;
import java.util.Arrays;

/**
 * Fires when it costs more to let samples wait than to train on them.
 *
 * <p>The regret of the samples that wait ({@link IncorporationLatency}, 1 a sample), times the
 * price of a second, is compared with the seconds that a training on them will take ({@link
 * TrainingCostModel}): {@code area * factor >= seconds(waiting)}. Without a training to learn from
 * it fires. As Modyn's data incorporation latency cost trigger (Böther et al.: Modyn, SIGMOD 2025),
 * where the factor is a multiplier, too; but here regret starts again on each trigger.
 */
public final class IncorporationLatencyCost extends WaitingCost {

  /**
   * Nothing waits yet.
   *
   * @param factor training seconds that a second's wait of a sample is worth, positive; no default
   * @param window trainings that forecasts learn from, at least 1; 1000 by default
   * @throws IllegalArgumentException if one is out of its range
   */
  public IncorporationLatencyCost(double factor, int window) {
    super(factor, window);
    Require.positive("incorporation-delay-per-training-second", factor);
  }

  /**
   * Adds a block and judges; the score is the regret times the factor.
   *
   * @param timesMillis of its samples in their order, at least 1; the block lasts from the end of
   *     the block before it, the first from its first sample, to its last sample
   * @throws IllegalArgumentException if it has no samples
   */
  public Decision judge(long[] timesMillis) {
    Require.check(timesMillis.length > 0, "samples", "at least 1", timesMillis.length);
    long last = timesMillis[timesMillis.length - 1];
    double seconds = addBlock(timesMillis.length, timesMillis[0], last);

    double[] waited = new double[timesMillis.length];
    for (int i = 0; i < waited.length; i++) {
      waited[i] = seconds(timesMillis[i], last);
    }
    double[] regrets = new double[timesMillis.length];
    Arrays.fill(regrets, 1);
    return judge(latency.add(regrets, waited, seconds));
  }
}
