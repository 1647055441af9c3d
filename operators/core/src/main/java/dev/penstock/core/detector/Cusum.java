package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * CUSUM: what values exceed their mean by, summed up, and never below zero.
 *
 * <p>With the mean {@code m} of all values, the new one included, {@code s = max(0, s + x - m -
 * delta)}; {@code s > lambda} is a drift. One-sided: it sees increases. Page: Continuous Inspection
 * Schemes, Biometrika 41, 1954. Constant time and memory.
 *
 * <p>Agrees with MOA 2024.07, whose {@code minNumInstances} is one more than {@code minSamples},
 * and with frouros.
 */
public final class Cusum implements ValueDetector {

  private final Settings settings;
  private long n;
  private double mean;
  private double sum;
  private boolean drifted;

  /**
   * How CUSUM judges.
   *
   * @param minSamples the first value that is judged
   * @param delta change that is tolerated, in units of the values
   * @param lambda the sum's threshold, in units of the values
   */
  public record Settings(int minSamples, double delta, double lambda) {

    /** As MOA has it; they suit errors. */
    public static final Settings DEFAULTS = new Settings(29, 0.005, 50);

    public Settings {
      Require.atLeast("minSamples", minSamples, 1);
      Require.notNegative("delta", delta);
      Require.positive("lambda", lambda);
    }
  }

  public Cusum(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Status add(double value) {
    Require.finite("value", value);
    if (drifted) {
      reset();
    }
    n++;
    mean += (value - mean) / n;
    sum = Math.max(0, sum + value - mean - settings.delta);
    drifted = n >= settings.minSamples && sum > settings.lambda;
    return drifted ? Status.DRIFT : Status.STABLE;
  }

  @Override
  public double estimate() {
    return mean;
  }

  @Override
  public void reset() {
    n = 0;
    mean = 0;
    sum = 0;
    drifted = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(mean);
    out.writeDouble(sum);
    out.writeBoolean(drifted);
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    mean = in.readDouble();
    sum = in.readDouble();
    drifted = in.readBoolean();
  }
}
