package dev.penstock.core.detector;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * ADWIN: a window that grows as long as its values have one mean, and is cut where an older and a
 * newer part have two.
 *
 * <p>The window is kept as an exponential histogram: row {@code i} has up to {@code maxBuckets}
 * buckets of {@code 2^i} values each, with their sum and squared deviations. With {@code n0} and
 * {@code n1} values in the two parts, variance {@code v} of the window and its width {@code W},
 * they differ if their means do by more than {@code sqrt(2 m v d) + 2/3 m d}, where {@code d = ln(2
 * ln(W) / delta)} and {@code m = 1 / (n0 - minPart + 1) + 1 / (n1 - minPart + 1)}; the oldest
 * bucket is then dropped, and the rest looked at again. Bifet, Gavaldà: Learning from Time-Changing
 * Data with Adaptive Windowing, SDM 2007; the variance of buckets after Babcock, Datar, Motwani,
 * O'Callaghan: Maintaining Variance and k-Medians over Data Stream Windows, PODS 2003. {@code O(log
 * W)} memory and time a look.
 *
 * <p>Agrees with river by {@link AfterDrift#FORGET}, and with MOA 2024.07 by {@link
 * AfterDrift#KEEP_NEWER}, as in the paper, and {@link Side#INCREASE}. River's older Cython form,
 * scikit-multiflow and frouros do not look at the last cut of each row; scikit-multiflow also loses
 * deviations where buckets become one, and frouros bounds by other sizes of the parts.
 */
public final class Adwin implements ValueDetector {

  private final Settings settings;
  private BucketRows rows;
  private long seen;
  private long width;
  private double total;
  private double deviations;
  private boolean drifted;

  /**
   * How ADWIN judges.
   *
   * @param delta confidence, in (0, 1): bound on the probability of a false alarm; 0.002 in MOA
   * @param clock values from one look at the window to the next; 32 in MOA
   * @param maxBuckets of a row before the oldest two become one; 5 in the paper
   * @param minPart values that each part must have
   * @param minWidth values that the window must exceed
   * @param side drifts that are said; the window is cut at others, too
   * @param afterDrift if the newer part stays, a change may be said again while it is passed
   */
  public record Settings(
      double delta,
      int clock,
      int maxBuckets,
      int minPart,
      int minWidth,
      Side side,
      AfterDrift afterDrift) {

    /** As river has it. */
    public static final Settings DEFAULTS =
        new Settings(0.002, 32, 5, 5, 10, Side.BOTH, AfterDrift.FORGET);

    public Settings {
      Require.inOpenUnitInterval("delta", delta);
      Require.atLeast("clock", clock, 1);
      Require.atLeast("maxBuckets", maxBuckets, 2);
      Require.atLeast("minPart", minPart, 1);
      Require.atLeast("minWidth", minWidth, 1);
    }
  }

  public Adwin(Settings settings) {
    this.settings = settings;
    rows = new BucketRows(settings.maxBuckets);
  }

  @Override
  public Status add(double value) {
    Require.finite("value", value);
    if (drifted) {
      drifted = false;
      if (settings.afterDrift == AfterDrift.FORGET) {
        reset();
      }
    }
    seen++;
    width++;
    if (width > 1) {
      double difference = value - total / (width - 1);
      deviations += (width - 1) * difference * difference / width;
    }
    total += value;
    rows.add(value);
    if (seen % settings.clock == 0 && width > settings.minWidth && isCut()) {
      double before = estimate();
      do {
        dropOldest();
      } while (isCut());
      drifted = isWatched(before);
    }
    return drifted ? Status.DRIFT : Status.STABLE;
  }

  private boolean isWatched(double before) {
    return switch (settings.side) {
      case INCREASE -> estimate() > before;
      case DECREASE -> estimate() < before;
      case BOTH -> true;
    };
  }

  /** Whether some older and newer part of the window differ. */
  private boolean isCut() {
    double oldWidth = 0;
    double newWidth = width;
    double oldTotal = 0;
    double newTotal = total;
    double log = Math.log(2 * Math.log((double) width) / settings.delta);
    // Rounding can leave less than nothing of a variance when buckets were dropped.
    double variance = Math.max(0, deviations) / width;
    for (int row = rows.count() - 1; row >= 0; row--) {
      for (int bucket = 0; bucket < rows.buckets(row); bucket++) {
        oldWidth += BucketRows.width(row);
        newWidth -= BucketRows.width(row);
        oldTotal += rows.total(row, bucket);
        newTotal -= rows.total(row, bucket);
        if (newWidth < settings.minPart) {
          return false;
        }
        if (oldWidth >= settings.minPart) {
          double m = 1 / (oldWidth - settings.minPart + 1) + 1 / (newWidth - settings.minPart + 1);
          double tolerance = Math.sqrt(2 * m * variance * log) + 2.0 / 3 * log * m;
          if (Math.abs(oldTotal / oldWidth - newTotal / newWidth) > tolerance) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void dropOldest() {
    int row = rows.count() - 1;
    double n = BucketRows.width(row);
    double bucketTotal = rows.total(row, 0);
    width -= BucketRows.width(row);
    total -= bucketTotal;
    double difference = bucketTotal / n - total / width;
    deviations -= rows.deviations(row, 0) + n * width * difference * difference / (n + width);
    rows.dropOldest();
  }

  /** Mean of the window. */
  @Override
  public double estimate() {
    return width == 0 ? 0 : total / width;
  }

  /** Values in the window. */
  public long width() {
    return width;
  }

  /** Sum of the window's values. */
  public double total() {
    return total;
  }

  /** Variance of the window's values. */
  public double variance() {
    return width == 0 ? 0 : Math.max(0, deviations) / width;
  }

  @Override
  public void reset() {
    rows = new BucketRows(settings.maxBuckets);
    seen = 0;
    width = 0;
    total = 0;
    deviations = 0;
    drifted = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    rows.write(out);
    out.writeLong(seen);
    out.writeLong(width);
    out.writeDouble(total);
    out.writeDouble(deviations);
    out.writeBoolean(drifted);
  }

  @Override
  public void read(DataInput in) throws IOException {
    BucketRows read = new BucketRows(settings.maxBuckets);
    read.read(in);
    rows = read;
    seen = in.readLong();
    width = in.readLong();
    total = in.readDouble();
    deviations = in.readDouble();
    drifted = in.readBoolean();
  }
}
