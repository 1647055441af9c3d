package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Page-Hinkley: how far the sum of the values' deviations from their mean has come.
 *
 * <p>With the mean {@code m} of all values, the new one included, {@code u = alpha u + x - m -
 * delta} is summed for increases and {@code d = alpha d + x - m + delta} for decreases. A sum
 * further than {@code threshold} from its {@link Origin} is a drift. Page: Continuous Inspection
 * Schemes, Biometrika 41, 1954; Hinkley: Inference about the change-point from cumulative sum
 * tests, Biometrika 58, 1971; with the forgetting of Mouss, Mouss, Mouss, Sefouhi: Test of
 * Page-Hinckley, an approach for fault detection in an agro-alimentary production process, ASCC
 * 2004. Constant time and memory.
 *
 * <p>Agrees with MOA 2024.07 and frouros at {@link Origin#START}, with scikit-multiflow at {@link
 * Origin#ZERO}, with river at {@link Origin#EXTREME}.
 */
public final class PageHinkley implements ValueDetector {

  private final Settings settings;
  private long n;
  private double mean;
  private double up;
  private double upMin;
  private double down;
  private double downMax;
  private boolean drifted;

  /** Where a sum is measured from. */
  public enum Origin {
    /**
     * The sum's start, 0: it may pass to the other side, and must first come back from there. Slow
     * after a long stable stream, but for what is forgotten.
     */
    START,
    /** 0, which the sum is kept from passing. */
    ZERO,
    /** The sum's extreme since the last drift, as in the papers; same as ZERO if alpha is 1. */
    EXTREME
  }

  /**
   * How Page-Hinkley judges.
   *
   * @param minSamples the first value that is judged
   * @param delta change that is tolerated, in units of the values
   * @param threshold of the sum, in units of the values
   * @param alpha what is kept of the sum at each value, in (0, 1]; 1 forgets nothing
   */
  public record Settings(
      int minSamples, double delta, double threshold, double alpha, Side side, Origin origin) {

    /** As MOA has it; they suit errors. */
    public static final Settings DEFAULTS =
        new Settings(29, 0.005, 50, 0.9999, Side.INCREASE, Origin.START);

    public Settings {
      Require.atLeast("minSamples", minSamples, 1);
      Require.notNegative("delta", delta);
      Require.positive("threshold", threshold);
      Require.check(alpha > 0 && alpha <= 1, "alpha", "in (0, 1]", alpha);
    }
  }

  public PageHinkley(Settings settings) {
    this.settings = settings;
    reset();
  }

  @Override
  public Status add(double value) {
    Require.finite("value", value);
    if (drifted) {
      reset();
    }
    n++;
    mean += (value - mean) / n;
    up = settings.alpha * up + (value - mean - settings.delta);
    down = settings.alpha * down + (value - mean + settings.delta);
    if (settings.origin == Origin.ZERO) {
      up = Math.max(0, up);
      down = Math.min(0, down);
    }
    if (settings.origin == Origin.EXTREME) {
      upMin = Math.min(upMin, up);
      downMax = Math.max(downMax, down);
    }
    drifted = n >= settings.minSamples && (risen() || fallen());
    return drifted ? Status.DRIFT : Status.STABLE;
  }

  private boolean risen() {
    return settings.side != Side.DECREASE && up - upMin > settings.threshold;
  }

  private boolean fallen() {
    return settings.side != Side.INCREASE && downMax - down > settings.threshold;
  }

  @Override
  public double estimate() {
    return mean;
  }

  @Override
  public void reset() {
    n = 0;
    mean = 0;
    up = 0;
    upMin = settings.origin == Origin.EXTREME ? Double.POSITIVE_INFINITY : 0;
    down = 0;
    downMax = settings.origin == Origin.EXTREME ? Double.NEGATIVE_INFINITY : 0;
    drifted = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(mean);
    out.writeDouble(up);
    out.writeDouble(upMin);
    out.writeDouble(down);
    out.writeDouble(downMax);
    out.writeBoolean(drifted);
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    mean = in.readDouble();
    up = in.readDouble();
    upMin = in.readDouble();
    down = in.readDouble();
    downMax = in.readDouble();
    drifted = in.readBoolean();
  }
}
