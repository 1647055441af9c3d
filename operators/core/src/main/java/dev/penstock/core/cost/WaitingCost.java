package dev.penstock.core.cost;

import dev.penstock.core.criterion.Decision;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Fires when it costs more to wait than to train: compares the regret of what waits, times the
 * price of a second, with the seconds that a training on all that waits will take. Without a
 * training to learn from it fires. Kinds differ in what they regret.
 */
public abstract sealed class WaitingCost
    permits AvoidableMisclassificationCost, IncorporationLatencyCost {

  private final double factor;
  private final TrainingCostModel model;
  private long waiting;
  private boolean started;
  private long end;

  /** Regret of what waits. */
  final IncorporationLatency latency = new IncorporationLatency();

  WaitingCost(double factor, int window) {
    this.factor = factor;
    this.model = new TrainingCostModel(window);
  }

  /**
   * Adds samples that wait.
   *
   * @return seconds that their block lasts: from the end of the block before it, the first from its
   *     first sample, to its last sample
   */
  final double addBlock(long samples, long firstMillis, long lastMillis) {
    double seconds = seconds(started ? end : firstMillis, lastMillis);
    started = true;
    end = lastMillis;
    waiting += samples;
    return seconds;
  }

  static double seconds(long fromMillis, long toMillis) {
    return Math.max(0, toMillis - fromMillis) / 1000.0;
  }

  /**
   * Judges a regret; the score is the regret times the price.
   *
   * @param area regret times seconds since the last trigger
   */
  final Decision judge(double area) {
    double score = factor * area;
    OptionalDouble training = model.seconds(waiting);
    return new Decision(score, training, training.isEmpty() || score >= training.getAsDouble());
  }

  /** A training was triggered on all samples so far, here or elsewhere: none waits. */
  public final void onTrigger() {
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
  public final void onModel(long samples, double seconds) {
    model.add(samples, seconds);
  }

  /** Writes the state; the settings are not part of it. */
  public final void write(DataOutput out) throws IOException {
    out.writeLong(waiting);
    out.writeBoolean(started);
    out.writeLong(end);
    latency.write(out);
    model.write(out);
  }

  /** Takes a state that a criterion of the same settings wrote, and goes on as that one would. */
  public final void read(DataInput in) throws IOException {
    waiting = in.readLong();
    started = in.readBoolean();
    end = in.readLong();
    latency.read(in);
    model.read(in);
  }
}
