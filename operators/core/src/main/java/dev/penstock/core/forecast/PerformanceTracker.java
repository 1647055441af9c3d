package dev.penstock.core.forecast;

import dev.penstock.core.stats.LastValues;
import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How accurate models are: right after their training, and since the last one.
 *
 * <p>The evaluation at a trigger tells what a new model can reach; all evaluations since the last
 * trigger, that one included, tell what the current model will reach next. As Modyn tracks it
 * (Böther et al.: Modyn, SIGMOD 2025); the feeding after triggers that is commented out there is
 * what {@link #onTrigger} does.
 */
public final class PerformanceTracker {

  private final LastValues atTriggers;
  private double[] sinceTrigger = new double[16];
  private int evaluations;

  /**
   * No evaluations yet.
   *
   * @param window evaluations at triggers that are remembered, at least 1; 10 by default
   * @throws IllegalArgumentException if it is less
   */
  public PerformanceTracker(int window) {
    Require.atLeast("performance-triggers-window-size", window, 1);
    this.atTriggers = new LastValues(window);
  }

  /**
   * The current model was evaluated.
   *
   * @throws IllegalArgumentException if there are no samples, or more are misclassified
   */
  public void add(long samples, long misclassified) {
    add(accuracy(samples, misclassified));
  }

  /**
   * A training was triggered: what its model reaches on the newest block.
   *
   * @throws IllegalArgumentException if there are no samples, or more are misclassified
   */
  public void onTrigger(long samples, long misclassified) {
    double accuracy = accuracy(samples, misclassified);
    evaluations = 0;
    atTriggers.add(accuracy);
    add(accuracy);
  }

  private void add(double accuracy) {
    if (evaluations == sinceTrigger.length) {
      sinceTrigger = Arrays.copyOf(sinceTrigger, 2 * evaluations);
    }
    sinceTrigger[evaluations++] = accuracy;
  }

  private static double accuracy(long samples, long misclassified) {
    Require.atLeast("samples", samples, 1);
    Require.check(
        misclassified >= 0 && misclassified <= samples,
        "misclassified",
        "in [0, " + samples + "]",
        misclassified);
    return 1 - (double) misclassified / samples;
  }

  /** Accuracy that a new model is expected to reach; empty: there was no trigger. */
  public OptionalDouble expectedAccuracy(Forecast forecast) {
    return forecast.nextShare(atTriggers.toArray());
  }

  /** Accuracy of the current model on the next block; empty: it was not evaluated. */
  public OptionalDouble nextAccuracy(Forecast forecast) {
    return forecast.nextShare(Arrays.copyOf(sinceTrigger, evaluations));
  }

  /** Writes the state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    atTriggers.write(out);
    out.writeInt(evaluations);
    for (int i = 0; i < evaluations; i++) {
      out.writeDouble(sinceTrigger[i]);
    }
  }

  /** Takes a state that a tracker of the same settings wrote, and goes on as that one would. */
  public void read(DataInput in) throws IOException {
    atTriggers.read(in);
    evaluations = 0;
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      add(in.readDouble());
    }
  }
}
