package dev.penstock.core.cost;

import dev.penstock.core.stats.LastValues;
import dev.penstock.core.stats.Require;
import dev.penstock.core.stats.RidgeLine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * How long a training will take: the {@link RidgeLine} from samples to seconds through the last
 * trainings, with a penalty of 1 on its squared slope. As Modyn's cost tracker (Böther et al.:
 * Modyn, SIGMOD 2025).
 */
public final class TrainingCostModel {

  private static final double DEFAULT_PENALTY = 1;

  private final double penalty;
  private final LastValues samples;
  private final LastValues seconds;

  /**
   * Nothing learned yet.
   *
   * @param window trainings that are remembered, at least 1; 1000 by default
   * @throws IllegalArgumentException if it is less
   */
  public TrainingCostModel(int window) {
    this(window, DEFAULT_PENALTY);
  }

  /**
   * With another penalty.
   *
   * @param window trainings that are remembered, at least 1; 1000 by default
   * @param penalty on the squared slope, in samples squared, not negative; 1 by default
   * @throws IllegalArgumentException if one is out of its range
   */
  public TrainingCostModel(int window, double penalty) {
    Require.atLeast("cost-tracking-window-size", window, 1);
    Require.notNegative("penalty", penalty);
    this.penalty = penalty;
    this.samples = new LastValues(window);
    this.seconds = new LastValues(window);
  }

  /**
   * A training has ended.
   *
   * @param trained samples, at least 1
   * @param took seconds, not negative
   * @throws IllegalArgumentException if one is out of its range
   */
  public void add(long trained, double took) {
    Require.atLeast("samples", trained, 1);
    Require.notNegative("seconds", took);
    samples.add((double) trained);
    seconds.add(took);
  }

  /** Seconds that a training will take; empty: none has ended yet. */
  public OptionalDouble seconds(long toTrain) {
    if (samples.isEmpty()) {
      return OptionalDouble.empty();
    }
    RidgeLine line = RidgeLine.fit(samples.toArray(), seconds.toArray(), penalty);
    return OptionalDouble.of(line.at((double) toTrain));
  }

  /** Samples and seconds of the remembered trainings, oldest first. */
  public double[][] trainings() {
    double[] x = samples.toArray();
    double[] y = seconds.toArray();
    double[][] trainings = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      trainings[i] = new double[] {x[i], y[i]};
    }
    return trainings;
  }

  /** Writes the state; the settings are not part of it. */
  public void write(DataOutput out) throws IOException {
    samples.write(out);
    seconds.write(out);
  }

  /** Takes a state that a model of the same settings wrote, and goes on as that one would. */
  public void read(DataInput in) throws IOException {
    samples.read(in);
    seconds.read(in);
  }
}
