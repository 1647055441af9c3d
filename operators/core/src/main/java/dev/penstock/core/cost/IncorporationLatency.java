package dev.penstock.core.cost;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Regret of not having trained: the area under the regrets that wait, over time.
 *
 * <p>With {@code current} regrets waiting, a block of {@code d} seconds adds {@code current * d} to
 * the area; a regret {@code r} that arises within it adds {@code r * (end - time)}, or {@code r * d
 * / 2} if it arises evenly, and waits from then on. As Modyn's latency tracker (Böther et al.:
 * Modyn, SIGMOD 2025), whose reset nobody calls there, so that regret grows without end; it is
 * evidently meant to start again on each trigger, and {@link #onTrigger} must be called then.
 * Constant memory.
 */
public final class IncorporationLatency {

  private double current;
  private double area;

  /**
   * Adds a block whose regret arises evenly.
   *
   * @param regret of the block; an avoidable misclassification is 1
   * @param seconds that the block lasts, not negative
   * @return the area since the last trigger
   * @throws IllegalArgumentException if the regret is not finite or the duration negative
   */
  public double add(double regret, double seconds) {
    Require.finite("regret", regret);
    Require.notNegative("seconds", seconds);
    area += current * seconds + regret * seconds / 2;
    current += regret;
    return area;
  }

  /**
   * Adds a block whose regrets arise at their times.
   *
   * @param regrets of the block, by sample; a sample that waits is 1
   * @param waited seconds of each from its time to the block's end, not negative
   * @param seconds that the block lasts, not negative
   * @return the area since the last trigger
   * @throws IllegalArgumentException if there are not as many times as regrets, a regret is not
   *     finite, or a duration is negative
   */
  public double add(double[] regrets, double[] waited, double seconds) {
    Require.check(
        regrets.length == waited.length,
        "times",
        "as many as regrets, " + regrets.length,
        waited.length);
    Require.notNegative("seconds", seconds);
    double arisen = 0;
    double added = current * seconds;
    for (int i = 0; i < regrets.length; i++) {
      Require.finite("regret", regrets[i]);
      Require.notNegative("waited", waited[i]);
      added += regrets[i] * waited[i];
      arisen += regrets[i];
    }
    area += added;
    current += arisen;
    return area;
  }

  /** Regrets that wait. */
  public double current() {
    return current;
  }

  /** Regret times seconds since the last trigger. */
  public double area() {
    return area;
  }

  /** A training was triggered: nothing waits. */
  public void onTrigger() {
    current = 0;
    area = 0;
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(current);
    out.writeDouble(area);
  }

  /** Takes a written state. */
  public void read(DataInput in) throws IOException {
    current = in.readDouble();
    area = in.readDouble();
  }
}
