package dev.penstock.core.cost;

import dev.penstock.core.criterion.Decision;
import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Fires when it costs more to let samples wait than to train on them.
 *
 * <p>The regret of the samples that wait ({@link IncorporationLatency}, 1 a sample), times the
 * price of a second, is compared with the seconds that a training on them will take ({@link
 * TrainingCostModel}): {@code area * factor >= seconds(waiting)}. Without a training to learn from
 * it fires. As Modyn's data incorporation latency cost trigger (Böther et al.: Modyn, SIGMOD 2025),
 * where the factor is a multiplier, too; but here regret starts again on each trigger.
 */
public final class IncorporationLatencyCost {

  private final double factor;
  private final TrainingCostModel model;
  private final IncorporationLatency latency = new IncorporationLatency();
  private long waiting;
  private boolean started;
  private long end;

  /**
   * Nothing waits yet.
   *
   * @param factor training seconds that a second's wait of a sample is worth, positive; no default
   * @param window trainings that forecasts learn from, at least 1; 1000 by default
   * @throws IllegalArgumentException if one is out of its range
   */
  public IncorporationLatencyCost(double factor, int window) {
    Require.positive("incorporation-delay-per-training-second", factor);
    this.factor = factor;
    this.model = new TrainingCostModel(window);
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
    double seconds = seconds(started ? end : timesMillis[0], last);
    started = true;
    end = last;
    waiting += timesMillis.length;

    double[] waited = new double[timesMillis.length];
    for (int i = 0; i < waited.length; i++) {
      waited[i] = seconds(timesMillis[i], last);
    }
    double[] regrets = new double[timesMillis.length];
    Arrays.fill(regrets, 1);
    double regret = factor * latency.add(regrets, waited, seconds);
    OptionalDouble training = model.seconds(waiting);
    return new Decision(regret, training, training.isEmpty() || regret >= training.getAsDouble());
  }

  private static double seconds(long fromMillis, long toMillis) {
    return Math.max(0, toMillis - fromMillis) / 1000.0;
  }

  /** A training was triggered on all samples so far, here or elsewhere: none waits. */
  public void onTrigger() {
    latency.onTrigger();
    waiting = 0;
  }

  /**
   * A training has ended.
   *
   * @param samples that it trained on, at least 1
   * @param seconds that it took, not negative
   * @throws IllegalArgumentException if one is out of its range
   */
  public void onModel(long samples, double seconds) {
    model.add(samples, seconds);
  }

  /** Writes the state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(waiting);
    out.writeBoolean(started);
    out.writeLong(end);
    latency.write(out);
    model.write(out);
  }

  /** Takes a state that a criterion of the same settings wrote, and goes on as that one would. */
  public void read(DataInput in) throws IOException {
    waiting = in.readLong();
    started = in.readBoolean();
    end = in.readLong();
    latency.read(in);
    model.read(in);
  }
}
