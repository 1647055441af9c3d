package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * DDM: a model's error rate falls or stays as long as its stream does not change; a rise above its
 * lowest level, measured in standard deviations, is a drift.
 *
 * <p>With the error rate {@code p} of {@code n} answers and {@code s = sqrt(p (1 - p) / n)}, the
 * pair at which {@code p + s} was lowest is kept. {@code p + s > p_min + level s_min} is a warning
 * at the lower level and a drift at the upper. Gama, Medas, Castillo, Rodrigues: Learning with
 * Drift Detection, SBIA 2004. Constant time and memory.
 *
 * <p>Agrees with MOA 2024.07, whose {@code minNumInstances} is one more than {@code minSamples};
 * river's {@code warm_start} is one less.
 */
public final class Ddm implements ErrorDetector {

  private final Settings settings;
  private long n;
  private double rate;
  private double minRate;
  private double minDeviation;
  private boolean drifted;

  /**
   * How DDM judges.
   *
   * @param minSamples the first answer that is judged; the paper asks for 30
   * @param warningLevel standard deviations above the minimum; 2 in the paper
   * @param driftLevel standard deviations above the minimum; 3 in the paper
   */
  public record Settings(int minSamples, double warningLevel, double driftLevel) {

    /** As in the paper, counted as MOA does. */
    public static final Settings DEFAULTS = new Settings(29, 2, 3);

    public Settings {
      Require.atLeast("minSamples", minSamples, 1);
      Require.positive("warningLevel", warningLevel);
      Require.positive("driftLevel", driftLevel);
      Require.above("driftLevel", driftLevel, "warningLevel", warningLevel);
    }
  }

  public Ddm(Settings settings) {
    this.settings = settings;
    reset();
  }

  @Override
  public Status add(boolean error) {
    if (drifted) {
      reset();
    }
    n++;
    rate += ((error ? 1 : 0) - rate) / n;
    double deviation = Math.sqrt(rate * (1 - rate) / n);
    if (n < settings.minSamples) {
      return Status.STABLE;
    }
    if (rate + deviation <= minRate + minDeviation) {
      minRate = rate;
      minDeviation = deviation;
    }
    if (rate + deviation > minRate + settings.driftLevel * minDeviation) {
      drifted = true;
      return Status.DRIFT;
    }
    return rate + deviation > minRate + settings.warningLevel * minDeviation
        ? Status.WARNING
        : Status.STABLE;
  }

  /** Error rate since the last drift. */
  @Override
  public double estimate() {
    return rate;
  }

  @Override
  public void reset() {
    n = 0;
    rate = 0;
    minRate = Double.POSITIVE_INFINITY;
    minDeviation = Double.POSITIVE_INFINITY;
    drifted = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(rate);
    out.writeDouble(minRate);
    out.writeDouble(minDeviation);
    out.writeBoolean(drifted);
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    rate = in.readDouble();
    minRate = in.readDouble();
    minDeviation = in.readDouble();
    drifted = in.readBoolean();
  }
}
