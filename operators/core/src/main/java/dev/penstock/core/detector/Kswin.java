package dev.penstock.core.detector;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * KSWIN: the last values of a window against as many drawn at random from those before them, by the
 * Kolmogorov-Smirnov test. Sees any change of the distribution, not of its mean only.
 *
 * <p>Once the window is full, at every value {@code recent} of the older ones are drawn without
 * replacement. Two samples of {@code r} values each whose distribution functions are {@code h / r}
 * or more apart have, if nothing changed, the probability {@code 2 sum_k (-1)^(k-1) C(2r, r + k h)
 * / C(2r, r)} (Gnedenko, Korolyuk 1951); at most {@code alpha} is a drift. Raab, Heusinger,
 * Schleif: Reactive Soft Prototype Computing for Concept Drift Streams, Neurocomputing 416, 2020.
 * Memory {@code window} values; {@code O(window)} time a value, and a sort of {@code recent}.
 *
 * <p>The paper takes the bound {@code sqrt(-ln(alpha) / r)} for the distance, river as here the
 * exact probability; river asks for a distance of 0.1 besides, which matters only where {@code
 * recent} is in the hundreds, and forgets the window after a drift, {@link AfterDrift#FORGET}.
 * Random numbers are those of the seed, and part of the state: no two libraries draw the same.
 */
public final class Kswin implements ValueDetector {

  private final Settings settings;
  private final long random;
  private final double[] window;
  private final double[] drawn;
  private final double[] last;

  /** Smallest distance that is a drift, as a multiple of 1 / recent. */
  private final int critical;

  private int size;
  private int next;
  private long draws;
  private boolean drifted;

  /**
   * How KSWIN judges.
   *
   * @param alpha significance level of each test, in (0, 1); 0.005 in river, and far lower for few
   *     false alarms, as there is a test a value
   * @param window values kept; 100 in river
   * @param recent of them, the last ones, at most half; 30 in the paper
   * @param seed of the draws
   * @param afterDrift if the newer part stays, it is that of the last values
   */
  public record Settings(double alpha, int window, int recent, long seed, AfterDrift afterDrift) {

    /** The sizes of river; the window goes on as in the paper. */
    public static final Settings DEFAULTS = new Settings(0.005, 100, 30, 0, AfterDrift.KEEP_NEWER);

    public Settings {
      Require.inOpenUnitInterval("alpha", alpha);
      Require.atLeast("recent", recent, 1);
      Require.atLeast("window", window, 2L * recent);
    }
  }

  public Kswin(Settings settings) {
    this.settings = settings;
    random = SampleHash.stream(settings.seed, /* partition= */ 0);
    window = new double[settings.window];
    drawn = new double[settings.recent];
    last = new double[settings.recent];
    critical = critical(settings.recent, settings.alpha);
  }

  @Override
  public Status add(double value) {
    Require.finite("value", value);
    if (drifted) {
      size = settings.afterDrift == AfterDrift.KEEP_NEWER ? settings.recent : 0;
      drifted = false;
    }
    window[next] = value;
    next = next + 1 == window.length ? 0 : next + 1;
    size = Math.min(size + 1, window.length);
    if (size == window.length) {
      draw();
      for (int i = 0; i < last.length; i++) {
        last[i] = value(size - last.length + i);
      }
      drifted = distance() >= critical;
    }
    return drifted ? Status.DRIFT : Status.STABLE;
  }

  /** The i-th of the values kept, the oldest first. */
  private double value(int i) {
    return window[Math.floorMod(next - size + i, window.length)];
  }

  /** Draws by selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S). */
  private void draw() {
    int older = size - settings.recent;
    int missing = drawn.length;
    for (int i = 0; missing > 0; i++) {
      long hash = SampleHash.of(random, draws++);
      double uniform = (hash >>> 11) * 0x1p-53;
      if (uniform * (older - i) < missing) {
        drawn[drawn.length - missing] = value(i);
        missing--;
      }
    }
  }

  /** Distance of the two samples' distribution functions, as a multiple of 1 / recent. */
  private int distance() {
    Arrays.sort(drawn);
    Arrays.sort(last);
    int r = drawn.length;
    int farthest = 0;
    int i = 0;
    int j = 0;
    while (i < r && j < r) {
      double at = Math.min(drawn[i], last[j]);
      while (i < r && drawn[i] <= at) {
        i++;
      }
      while (j < r && last[j] <= at) {
        j++;
      }
      farthest = Math.max(farthest, Math.abs(i - j));
    }
    return farthest;
  }

  /** Smallest h of two samples of r values with a probability of at most alpha. */
  private static int critical(int r, double alpha) {
    int h = 1;
    while (h <= r && probability(r, h) > alpha) {
      h++;
    }
    return h;
  }

  /** Probability that two samples of r values of one distribution are h / r or more apart. */
  static double probability(int r, int h) {
    double sum = 0;
    for (int k = 1; k * h <= r; k++) {
      double share = 1;
      for (int i = 0; i < k * h; i++) {
        share *= (double) (r - i) / (r + k * h - i);
      }
      sum += k % 2 == 1 ? share : -share;
    }
    return Math.min(1, 2 * sum);
  }

  /** Mean of the last values. */
  @Override
  public double estimate() {
    int count = Math.min(size, settings.recent);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += value(size - count + i);
    }
    return count == 0 ? 0 : sum / count;
  }

  @Override
  public void reset() {
    size = 0;
    next = 0;
    draws = 0;
    drifted = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(window.length);
    for (double value : window) {
      out.writeDouble(value);
    }
    out.writeInt(size);
    out.writeInt(next);
    out.writeLong(draws);
    out.writeBoolean(drifted);
  }

  @Override
  public void read(DataInput in) throws IOException {
    int written = in.readInt();
    Require.check(
        written == window.length, "window", "the " + written + " of the state", window.length);
    for (int i = 0; i < window.length; i++) {
      window[i] = in.readDouble();
    }
    size = in.readInt();
    next = in.readInt();
    draws = in.readLong();
    drifted = in.readBoolean();
  }
}
