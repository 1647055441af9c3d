package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * EDDM: errors of a model that still learns move apart; errors that come closer together are a
 * drift, also where it is slow.
 *
 * <p>With mean {@code p'} and standard deviation {@code s'} of the distance between two errors, in
 * answers, the highest {@code p' + 2 s'} is kept. A current one below {@code warningRatio} of it is
 * a warning, below {@code driftRatio} a drift. Baena-García, del Campo-Ávila, Fidalgo, Bifet,
 * Gavaldà, Morales-Bueno: Early Drift Detection Method, Workshop on Knowledge Discovery from Data
 * Streams, ECML PKDD 2006. Constant time and memory.
 *
 * <p>Agrees with MOA 2024.07 and scikit-multiflow (which keeps the highest level from the 29th
 * answer on): what was said at an error holds until the next one, and the deviation is that of the
 * population. Frouros warns at errors only; river takes the deviation of a sample.
 */
public final class Eddm implements ErrorDetector {

  private final Settings settings;
  private long n;
  private long errors;
  private long lastError;
  private double mean;
  private double squares;
  private double highest;
  private Status status = Status.STABLE;

  /**
   * How EDDM judges.
   *
   * @param minSamples the first answer at which the highest level is kept
   * @param minErrors the first error that is judged; the paper asks for 30
   * @param warningRatio of the highest level, in (0, 1]; 0.95 in the paper
   * @param driftRatio of the highest level, below {@code warningRatio}; 0.90 in the paper
   */
  public record Settings(int minSamples, int minErrors, double warningRatio, double driftRatio) {

    /** As in the paper, counted as MOA does. */
    public static final Settings DEFAULTS = new Settings(30, 31, 0.95, 0.9);

    public Settings {
      Require.atLeast("minSamples", minSamples, 1);
      Require.atLeast("minErrors", minErrors, 1);
      Require.check(
          warningRatio > 0 && warningRatio <= 1, "warningRatio", "in (0, 1]", warningRatio);
      Require.positive("driftRatio", driftRatio);
      Require.above("warningRatio", warningRatio, "driftRatio", driftRatio);
    }
  }

  public Eddm(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Status add(boolean error) {
    if (status == Status.DRIFT) {
      reset();
    }
    n++;
    if (error) {
      double distance = n - lastError;
      lastError = n;
      errors++;
      double before = mean;
      mean += (distance - mean) / errors;
      squares += (distance - mean) * (distance - before);
      status = judge();
    }
    return status;
  }

  private Status judge() {
    if (n < settings.minSamples) {
      return Status.STABLE;
    }
    double level = mean + 2 * Math.sqrt(squares / errors);
    if (level > highest) {
      highest = level;
      return Status.STABLE;
    }
    if (errors < settings.minErrors) {
      return Status.STABLE;
    }
    double ratio = level / highest;
    if (ratio < settings.driftRatio) {
      return Status.DRIFT;
    }
    return ratio < settings.warningRatio ? Status.WARNING : Status.STABLE;
  }

  /** Mean distance between errors since the last drift, in answers. */
  @Override
  public double estimate() {
    return mean;
  }

  @Override
  public void reset() {
    n = 0;
    errors = 0;
    lastError = 0;
    mean = 0;
    squares = 0;
    highest = 0;
    status = Status.STABLE;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(n);
    out.writeLong(errors);
    out.writeLong(lastError);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeDouble(highest);
    out.writeUTF(status.name());
  }

  @Override
  public void read(DataInput in) throws IOException {
    n = in.readLong();
    errors = in.readLong();
    lastError = in.readLong();
    mean = in.readDouble();
    squares = in.readDouble();
    highest = in.readDouble();
    status = Status.valueOf(in.readUTF());
  }
}
