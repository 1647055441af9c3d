package dev.penstock.core.criterion;

import dev.penstock.core.stats.LastValues;
import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Fires when a score is worse than the mean of the last ones by a deviation or more.
 *
 * <p>With the mean {@code m} of the last {@code window} scores before this one, {@code score - m >=
 * deviation}, or {@code >= deviation * m} if the deviation is relative; {@code m - score} for
 * scores that are worse when lower. The first score fires, as there is nothing to compare it with.
 * As Modyn's rolling average criterion (Böther et al.: Modyn, SIGMOD 2025). {@code O(window)} a
 * score.
 */
public final class DynamicRollingAverage implements Criterion {

  private final Settings settings;
  private final LastValues memory;

  /** What a deviation is a share of. */
  public enum Deviation {
    /** In the unit of the score. */
    ABSOLUTE,
    /** A share of the mean. */
    RELATIVE
  }

  /**
   * How scores are compared.
   *
   * @param window scores that are remembered, at least 1; 10 by default
   * @param deviation from their mean at which to fire, not negative; 0.05 by default
   * @param unit of the deviation; relative by default
   * @param direction which scores are bad
   */
  public record Settings(int window, double deviation, Deviation unit, Direction direction) {

    public Settings {
      Require.atLeast("window", window, 1);
      Require.notNegative("deviation", deviation);
    }

    /** Modyn's defaults. */
    public static Settings defaults(Direction direction) {
      return new Settings(10, 0.05, Deviation.RELATIVE, direction);
    }
  }

  public DynamicRollingAverage(Settings settings) {
    this.settings = settings;
    this.memory = new LastValues(settings.window);
  }

  @Override
  public Decision judge(double score) {
    Require.finite("score", score);
    Decision decision = memory.isEmpty() ? Decision.first(score) : compared(score);
    memory.add(score);
    return decision;
  }

  private Decision compared(double score) {
    double mean = memory.mean();
    double allowed =
        settings.unit == Deviation.ABSOLUTE ? settings.deviation : settings.deviation * mean;
    double threshold = settings.direction == Direction.HIGH ? mean + allowed : mean - allowed;
    return Decision.of(score, threshold, settings.direction.excess(score, mean) >= allowed);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    memory.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    memory.read(in);
  }
}
