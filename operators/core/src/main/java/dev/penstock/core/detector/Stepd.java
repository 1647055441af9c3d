package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * STEPD: a test of equal proportions of the last answers against all before them.
 *
 * <p>With error rates {@code a} of the {@code n} older answers, {@code b} of the last {@code w} and
 * {@code p} of all, {@code z = (|a - b| - (1/n + 1/w) / 2) / sqrt(p (1 - p) (1/n + 1/w))} is
 * standard normal, with Yates' correction, where nothing changed. Its two-sided probability is
 * compared with the significance levels. Nishida, Yamauchi: Detecting Concept Drift Using
 * Statistical Testing, Discovery Science 2007. Memory {@code w} bits, constant time.
 *
 * <p>Agrees with MOA 2024.07 by {@link Reading#MAGNITUDE}. Frouros takes the one-sided probability.
 */
public final class Stepd implements ErrorDetector {

  private final Settings settings;
  private final ErrorWindow recent;
  private long older;
  private long olderErrors;
  private boolean drifted;

  /** What is made of a statistic that Yates' correction made negative, or of all equal answers. */
  public enum Reading {
    /** The rates differ by less than chance resolves: stable, as the paper's test has it. */
    SIGNED,
    /**
     * The statistic counts by its magnitude, which without any variance is infinite: MOA and
     * frouros take as many right answers as fill two windows for a drift.
     */
    MAGNITUDE
  }

  /**
   * How STEPD judges.
   *
   * @param window the last answers; as many older ones come before the first judgement; 30 in the
   *     paper
   * @param drift significance level, in (0, 1); 0.003 in the paper
   * @param warning significance level, in (0, 1); 0.05 in the paper
   */
  public record Settings(int window, double drift, double warning, Reading reading) {

    /** As in the paper. */
    public static final Settings DEFAULTS = new Settings(30, 0.003, 0.05, Reading.SIGNED);

    public Settings {
      Require.atLeast("window", window, 1);
      Require.inOpenUnitInterval("drift", drift);
      Require.inOpenUnitInterval("warning", warning);
      Require.above("warning", warning, "drift", drift);
    }
  }

  public Stepd(Settings settings) {
    this.settings = settings;
    recent = new ErrorWindow(settings.window);
  }

  @Override
  public Status add(boolean error) {
    if (drifted) {
      reset();
    }
    if (recent.isFull()) {
      older++;
      olderErrors += recent.error(0) ? 1 : 0;
    }
    recent.add(error);
    if (older < settings.window) {
      return Status.STABLE;
    }
    double probability = probability();
    drifted = probability < settings.drift;
    if (drifted) {
      return Status.DRIFT;
    }
    return probability < settings.warning ? Status.WARNING : Status.STABLE;
  }

  private double probability() {
    double all = (double) (olderErrors + recent.errors()) / (older + recent.size());
    double inverse = 1.0 / older + 1.0 / recent.size();
    double difference =
        Math.abs((double) olderErrors / older - (double) recent.errors() / recent.size());
    double corrected = difference - 0.5 * inverse;
    if (settings.reading == Reading.SIGNED && corrected <= 0) {
      return 1;
    }
    return Normal.twoSidedTail(corrected / Math.sqrt(all * (1 - all) * inverse));
  }

  /** Error rate of the last answers. */
  @Override
  public double estimate() {
    return recent.size() == 0 ? 0 : (double) recent.errors() / recent.size();
  }

  @Override
  public void reset() {
    recent.keepLast(0);
    older = 0;
    olderErrors = 0;
    drifted = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    recent.write(out);
    out.writeLong(older);
    out.writeLong(olderErrors);
    out.writeBoolean(drifted);
  }

  @Override
  public void read(DataInput in) throws IOException {
    recent.read(in);
    older = in.readLong();
    olderErrors = in.readLong();
    drifted = in.readBoolean();
  }
}
