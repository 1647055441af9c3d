package dev.penstock.core.criterion;

import dev.penstock.core.stats.LastValues;
import dev.penstock.core.stats.QuantileMethod;
import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Fires when a score is among the worst of the last ones.
 *
 * <p>With the memory {@code M} of the last {@code window} scores before this one, {@code score >
 * quantile(M, 1 - quantile)}; for scores that are worse when lower, {@code score < quantile(M,
 * quantile)}. A score that equals its threshold does not fire; the first score fires, as there is
 * nothing to compare it with. Quantiles are interpolated linearly. As Modyn's dynamic quantile
 * criterion (Böther et al.: Modyn, SIGMOD 2025). {@code O(window log window)} a score.
 */
public final class DynamicQuantile implements Criterion {

  private final Settings settings;
  private final LastValues memory;

  /**
   * How scores are compared.
   *
   * @param window scores that are remembered, at least 1; 10 by default
   * @param quantile share of the scores that count as bad, in (0, 1); 0.05 by default
   * @param direction which scores are bad
   */
  public record Settings(int window, double quantile, Direction direction) {

    public Settings {
      Require.atLeast("window", window, 1);
      Require.inOpenUnitInterval("quantile", quantile);
    }

    /** Modyn's defaults. */
    public static Settings defaults(Direction direction) {
      return new Settings(10, 0.05, direction);
    }
  }

  public DynamicQuantile(Settings settings) {
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
    boolean high = settings.direction == Direction.HIGH;
    double share = high ? 1 - settings.quantile : settings.quantile;
    double threshold = QuantileMethod.LINEAR.of(memory.sorted(), share);
    return Decision.of(score, threshold, high ? score > threshold : score < threshold);
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
