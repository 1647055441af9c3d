package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * HDDM with the A-test: the mean of all values against the mean up to a cut, with bounds that hold
 * for any distribution on [0, 1]. For abrupt drifts.
 *
 * <p>The cut is where the upper bound {@code mean + sqrt(ln(1 / drift) / 2n)} was lowest. With
 * {@code n} values up to the cut and {@code N} in all, the mean increased if that of all exceeds
 * that up to the cut by {@code sqrt((N - n) / (2 n N) ln(2 / c))} at confidence {@code c}; a
 * decrease likewise. Frías-Blanco, del Campo-Ávila, Ramos-Jiménez, Morales-Bueno, Ortiz-Díaz,
 * Caballero-Mota: Online and Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds,
 * IEEE Transactions on Knowledge and Data Engineering 27(3), 2015. Constant time and memory.
 *
 * <p>Agrees with MOA 2024.07 and scikit-multiflow by {@link Decrease#RESET}, and with river by the
 * others. Frouros tests with {@code ln(1 / c)}, and not before 30 values.
 */
public final class HddmA implements ValueDetector {

  private final Settings settings;
  private long n;
  private double sum;
  private long lowN;
  private double lowSum;
  private long highN;
  private double highSum;
  private boolean reset;

  /** What came after the cut of the last change: the estimate until as many values have come. */
  private long keptN;

  private double keptSum;

  /**
   * How HDDM judges.
   *
   * @param drift confidence, in (0, 1); 0.001 in the paper
   * @param warning confidence, in (0, 1); 0.005 in the paper
   * @param decrease what a decrease means
   */
  public record Settings(double drift, double warning, Decrease decrease) {

    /** As MOA has it. */
    public static final Settings DEFAULTS = new Settings(0.001, 0.005, Decrease.RESET);

    public Settings {
      Require.inOpenUnitInterval("drift", drift);
      Require.inOpenUnitInterval("warning", warning);
      Require.above("warning", warning, "drift", drift);
    }
  }

  public HddmA(Settings settings) {
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
      restart();
    }
    n++;
    sum += value;
    moveCuts();
    Status status = worse(increase(), decrease());
    keep();
    return status;
  }

  /** Ends the stream at a change, but for what came after its cut. */
  private void keep() {
    if (risen(settings.drift)) {
      reset = true;
      keptN = n - lowN;
      keptSum = sum - lowSum;
    } else if (fallen(settings.drift)) {
      reset = true;
      keptN = n - highN;
      keptSum = sum - highSum;
    }
  }

  private void moveCuts() {
    double bound = bound(n);
    if (lowN == 0 || lowSum / lowN + bound(lowN) >= sum / n + bound) {
      lowN = n;
      lowSum = sum;
    }
    if (highN == 0 || highSum / highN - bound(highN) <= sum / n - bound) {
      highN = n;
      highSum = sum;
    }
  }

  private double bound(long count) {
    return Math.sqrt(1.0 / (2 * count) * Math.log(1 / settings.drift));
  }

  private Status increase() {
    if (risen(settings.drift)) {
      return Status.DRIFT;
    }
    return risen(settings.warning) ? Status.WARNING : Status.STABLE;
  }

  private Status decrease() {
    if (settings.decrease != Decrease.DETECT) {
      return Status.STABLE;
    }
    if (fallen(settings.drift)) {
      return Status.DRIFT;
    }
    return fallen(settings.warning) ? Status.WARNING : Status.STABLE;
  }

  private static Status worse(Status one, Status other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private boolean risen(double confidence) {
    return lowN < n && sum / n - lowSum / lowN >= tolerance(lowN, confidence);
  }

  private boolean fallen(double confidence) {
    return settings.decrease != Decrease.IGNORE
        && highN < n
        && highSum / highN - sum / n >= tolerance(highN, confidence);
  }

  private double tolerance(long cut, double confidence) {
    double m = (double) (n - cut) / cut * (1.0 / n);
    return Math.sqrt(m / 2 * Math.log(2 / confidence));
  }

  /** Mean since the last change; at first that of the values after the cut that showed it. */
  @Override
  public double estimate() {
    if (reset || n < keptN) {
      return keptSum / keptN;
    }
    return n == 0 ? 0 : sum / n;
  }

  @Override
  public void reset() {
    restart();
    keptN = 0;
    keptSum = 0;
  }

  private void restart() {
    n = 0;
    sum = 0;
    lowN = 0;
    lowSum = 0;
    highN = 0;
    highSum = 0;
    reset = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeDouble(sum);
    out.writeLong(lowN);
    out.writeDouble(lowSum);
    out.writeLong(highN);
    out.writeDouble(highSum);
    out.writeBoolean(reset);
    out.writeLong(keptN);
    out.writeDouble(keptSum);
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    sum = in.readDouble();
    lowN = in.readLong();
    lowSum = in.readDouble();
    highN = in.readLong();
    highSum = in.readDouble();
    reset = in.readBoolean();
    keptN = in.readLong();
    keptSum = in.readDouble();
  }
}
