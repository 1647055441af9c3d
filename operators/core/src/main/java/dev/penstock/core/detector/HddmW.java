package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * HDDM with the W-test: the weighted mean since a cut against the weighted mean up to it, with
 * bounds that hold for any distribution on [0, 1]. For gradual drifts.
 *
 * <p>Means are {@code m = lambda x + (1 - lambda) m}, from the first value on; {@code q} is the sum
 * of the squares of the values' weights in it. The cut is where the upper bound {@code m + sqrt(q
 * ln(1 / drift) / 2)} was lowest. The mean increased if that since the cut exceeds that up to it by
 * {@code sqrt((q1 + q2) ln(1 / c) / 2)} at confidence {@code c} (McDiarmid); a decrease likewise.
 * Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz, Caballero-Mota: Online
 * and Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds, IEEE Transactions on
 * Knowledge and Data Engineering 27(3), 2015. Constant time and memory.
 *
 * <p>Agrees with MOA 2024.07 and scikit-multiflow. River and frouros give the first value of a mean
 * less than all its weight in {@code q}, and so a narrower bound.
 */
public final class HddmW implements ValueDetector {

  private final Settings settings;
  private final WeightedMean total = new WeightedMean();
  private final WeightedMean untilLow = new WeightedMean();
  private final WeightedMean sinceLow = new WeightedMean();
  private final WeightedMean untilHigh = new WeightedMean();
  private final WeightedMean sinceHigh = new WeightedMean();
  private double low = Double.POSITIVE_INFINITY;

  /** A lower bound below 0 says nothing. */
  private double high;

  private boolean reset;

  /**
   * How HDDM judges.
   *
   * @param drift confidence, in (0, 1); 0.001 in the paper
   * @param warning confidence, in (0, 1); 0.005 in the paper
   * @param lambda weight of the newest value, in (0, 1); 0.05 in the paper
   * @param decrease what a decrease means; one-sided by default
   */
  public record Settings(double drift, double warning, double lambda, Decrease decrease) {

    /** As in the paper, one-sided. */
    public static final Settings DEFAULTS = new Settings(0.001, 0.005, 0.05, Decrease.IGNORE);

    public Settings {
      Require.inOpenUnitInterval("drift", drift);
      Require.inOpenUnitInterval("warning", warning);
      Require.above("warning", warning, "drift", drift);
      Require.inOpenUnitInterval("lambda", lambda);
    }
  }

  public HddmW(Settings settings) {
    this.settings = settings;
  }

  /**
   * Looks at the next value.
   *
   * @param value in [0, 1]
   */
  @Override
  public Status add(double value) {
    Require.check(value >= 0 && value <= 1, "value", "in [0, 1]", value);
    if (reset) {
      reset();
    }
    total.add(value, settings.lambda);
    moveCuts(value);
    if (risen(settings.drift)) {
      reset = true;
      return Status.DRIFT;
    }
    if (settings.decrease != Decrease.IGNORE && fallen(settings.drift)) {
      reset = true;
      return settings.decrease == Decrease.DETECT ? Status.DRIFT : Status.STABLE;
    }
    boolean warned =
        risen(settings.warning)
            || (settings.decrease == Decrease.DETECT && fallen(settings.warning));
    return warned ? Status.WARNING : Status.STABLE;
  }

  private void moveCuts(double value) {
    double bound = total.bound(settings.drift);
    if (total.mean() + bound < low) {
      low = total.mean() + bound;
      untilLow.copy(total);
      sinceLow.clear();
    } else {
      sinceLow.add(value, settings.lambda);
    }
    if (total.mean() - bound > high) {
      high = total.mean() - bound;
      untilHigh.copy(total);
      sinceHigh.clear();
    } else {
      sinceHigh.add(value, settings.lambda);
    }
  }

  private boolean risen(double confidence) {
    return !sinceLow.isEmpty()
        && sinceLow.mean() - untilLow.mean() > untilLow.bound(sinceLow, confidence);
  }

  private boolean fallen(double confidence) {
    return !untilHigh.isEmpty()
        && !sinceHigh.isEmpty()
        && untilHigh.mean() - sinceHigh.mean() > untilHigh.bound(sinceHigh, confidence);
  }

  /** Weighted mean since the last drift. */
  @Override
  public double estimate() {
    return total.mean();
  }

  @Override
  public void reset() {
    total.clear();
    untilLow.clear();
    sinceLow.clear();
    untilHigh.clear();
    sinceHigh.clear();
    low = Double.POSITIVE_INFINITY;
    high = 0;
    reset = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    total.write(out);
    untilLow.write(out);
    sinceLow.write(out);
    untilHigh.write(out);
    sinceHigh.write(out);
    out.writeDouble(low);
    out.writeDouble(high);
    out.writeBoolean(reset);
  }

  @Override
  public void read(DataInput in) throws IOException {
    total.read(in);
    untilLow.read(in);
    sinceLow.read(in);
    untilHigh.read(in);
    sinceHigh.read(in);
    low = in.readDouble();
    high = in.readDouble();
    reset = in.readBoolean();
  }
}
