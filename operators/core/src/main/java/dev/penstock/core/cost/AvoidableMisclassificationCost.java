package dev.penstock.core.cost;

import dev.penstock.core.criterion.AvoidableMisclassifications;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.stats.Require;
import java.util.OptionalDouble;

/**
 * Fires when it costs more to go on with misclassifications that a new model would avoid than to
 * train it.
 *
 * <p>The regret of the avoidable misclassifications ({@link AvoidableMisclassifications}, spread
 * evenly over their blocks, {@link IncorporationLatency}), times the price of a second, is compared
 * with the seconds that a training on all waiting samples will take: {@code area * factor >=
 * seconds(waiting)}. Without a training to learn from it fires. As Modyn's avoidable
 * misclassification cost trigger (Böther et al.: Modyn, SIGMOD 2025), but regret starts again on
 * each trigger, and a block that no model has seen has none; Modyn asks a model before there is
 * one.
 */
public final class AvoidableMisclassificationCost extends WaitingCost {

  private final AvoidableMisclassifications avoidable;

  /**
   * Nothing waits yet.
   *
   * @param factor training seconds that a second's wait of a misclassification is worth, positive;
   *     no default
   * @param avoidable how misclassifications are counted
   * @param window trainings that forecasts learn from, at least 1; 1000 by default
   * @throws IllegalArgumentException if one is out of its range
   */
  public AvoidableMisclassificationCost(
      double factor, AvoidableMisclassifications avoidable, int window) {
    super(factor, window);
    Require.positive("avoidable-misclassification-latency-per-training-second", factor);
    this.avoidable = avoidable;
  }

  /**
   * A block of samples.
   *
   * @param samples in it
   * @param firstMillis time of its first sample
   * @param lastMillis time of its last sample
   * @param scored samples that a model was asked about
   * @param misclassified of these
   */
  public record Block(
      long samples, long firstMillis, long lastMillis, long scored, long misclassified) {}

  /**
   * Adds a block and judges; the score is the regret times the factor.
   *
   * @param forecastAccuracy of a new model, where none is declared
   * @throws IllegalArgumentException if it has no samples
   */
  public Decision judge(Block block, OptionalDouble forecastAccuracy) {
    Require.atLeast("samples", block.samples, 1);
    double seconds = addBlock(block.samples, block.firstMillis, block.lastMillis);
    double regret =
        avoidable.estimate((double) block.scored, (double) block.misclassified, forecastAccuracy);
    return judge(latency.add(regret, seconds));
  }
}
