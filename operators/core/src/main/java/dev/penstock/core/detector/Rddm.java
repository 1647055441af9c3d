package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * RDDM: {@link Ddm} that does not grow insensitive on a long stable stream. It knows the last
 * answers and starts anew from them when the stream was stable for long, takes a warning that lasts
 * for a drift, and after a drift begins with the answers since its warning.
 *
 * <p>Barros, Cabral, Gonçalves, Santos: RDDM: Reactive drift detection method, Expert Systems with
 * Applications 90, 2017. Constant memory, {@code minConcept} bits; constant time an answer but for
 * {@code O(minConcept)} where it starts anew.
 *
 * <p>Agrees with MOA 2024.07. Frouros does not begin with the answers since the warning.
 */
public final class Rddm implements ErrorDetector {

  private final Settings settings;
  private final ErrorWindow last;
  private long n;
  private double rate;
  private double minRate;
  private double minDeviation;

  /** Answers since the first of the warnings without a break, that one included; 0: none. */
  private long warned;

  private Restart restart = Restart.NO;

  /** How the next answer is met. */
  private enum Restart {
    NO,
    /** The concept is long: from its last answers, with the minimum that it had. */
    SHORTENED,
    /** From the answers since the warning, with a minimum of their own. */
    DRIFTED
  }

  /**
   * How RDDM judges.
   *
   * @param minSamples the first answer that is judged; 129 in the paper
   * @param warningLevel standard deviations above the minimum; 1.773 in the paper
   * @param driftLevel standard deviations above the minimum; 2.258 in the paper
   * @param maxConcept answers after which a stable concept is shortened; 40000 in the paper
   * @param minConcept answers to which it is shortened; 7000 in the paper
   * @param maxWarning answers after which a warning is a drift; 1400 in the paper
   */
  public record Settings(
      int minSamples,
      double warningLevel,
      double driftLevel,
      int maxConcept,
      int minConcept,
      int maxWarning) {

    /** As in the paper. */
    public static final Settings DEFAULTS = new Settings(129, 1.773, 2.258, 40_000, 7_000, 1_400);

    public Settings {
      Require.atLeast("minSamples", minSamples, 1);
      Require.positive("warningLevel", warningLevel);
      Require.positive("driftLevel", driftLevel);
      Require.above("driftLevel", driftLevel, "warningLevel", warningLevel);
      Require.atLeast("minConcept", minConcept, 1);
      Require.above("maxConcept", maxConcept, "minConcept", minConcept);
      Require.atLeast("maxWarning", maxWarning, 1);
    }
  }

  public Rddm(Settings settings) {
    this.settings = settings;
    last = new ErrorWindow(settings.minConcept);
    clearMinimum();
  }

  @Override
  public Status add(boolean error) {
    if (restart != Restart.NO) {
      replay();
    }
    last.add(error);
    double deviation = count(error);
    if (n < settings.minSamples) {
      return Status.STABLE;
    }
    keepMinimum(deviation);
    Status status = judge(deviation);
    if (status == Status.DRIFT) {
      restart = Restart.DRIFTED;
    } else if (status == Status.STABLE && n >= settings.maxConcept) {
      restart = Restart.SHORTENED;
    }
    return status;
  }

  private Status judge(double deviation) {
    if (rate + deviation > minRate + settings.driftLevel * minDeviation) {
      last.keepLast((int) Math.min(Math.max(1, warned + 1), last.size()));
      return Status.DRIFT;
    }
    if (rate + deviation <= minRate + settings.warningLevel * minDeviation) {
      warned = 0;
      return Status.STABLE;
    }
    if (warned >= settings.maxWarning) {
      last.keepLast(1);
      return Status.DRIFT;
    }
    warned++;
    return Status.WARNING;
  }

  /** Counts an answer and returns the deviation of the rate. */
  private double count(boolean error) {
    n++;
    rate += ((error ? 1 : 0) - rate) / n;
    return Math.sqrt(rate * (1 - rate) / n);
  }

  private void keepMinimum(double deviation) {
    if (rate + deviation < minRate + minDeviation) {
      minRate = rate;
      minDeviation = deviation;
    }
  }

  private void replay() {
    boolean drifted = restart == Restart.DRIFTED;
    clearCounts();
    if (drifted) {
      clearMinimum();
    }
    for (int i = 0; i < last.size(); i++) {
      double deviation = count(last.error(i));
      if (drifted && n > settings.minSamples) {
        keepMinimum(deviation);
      }
    }
  }

  private void clearCounts() {
    n = 0;
    rate = 0;
    warned = 0;
    restart = Restart.NO;
  }

  private void clearMinimum() {
    minRate = Double.POSITIVE_INFINITY;
    minDeviation = Double.POSITIVE_INFINITY;
  }

  /** Error rate of the current concept. */
  @Override
  public double estimate() {
    return rate;
  }

  @Override
  public void reset() {
    clearCounts();
    clearMinimum();
    last.keepLast(0);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    last.write(out);
    out.writeLong(n);
    out.writeDouble(rate);
    out.writeDouble(minRate);
    out.writeDouble(minDeviation);
    out.writeLong(warned);
    out.writeUTF(restart.name());
  }

  @Override
  public void read(DataInput in) throws IOException {
    last.read(in);
    n = in.readLong();
    rate = in.readDouble();
    minRate = in.readDouble();
    minDeviation = in.readDouble();
    warned = in.readLong();
    restart = Restart.valueOf(in.readUTF());
  }
}
