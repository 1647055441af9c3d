package dev.penstock.core.distance.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The squared distance of a given rank among all pairs, exactly, without holding them: two
 * distances of a sample of pairs enclose it; one pass counts what lies below and keeps what lies
 * between, some 2.4 % of all pairs, of which one is selected. Were it not enclosed, which four
 * standard deviations of the sample's rank make rare, wider ones are tried. The sample is seeded,
 * and changes the time that it takes, not what is found (after Floyd and Rivest, Expected time
 * bounds for selection, Communications of the ACM 18, 1975).
 *
 * @param pairs how many there are
 * @param all visits them
 * @param any a random pair's distance
 */
record RankedDistance(long pairs, Consumer<SquaredDistances.Visitor> all, DoubleSupplier any) {

  private static final long SEED = 1;

  /** Up to so many pairs, 8 MB, are held. */
  private static final long MOST_HELD = 1 << 20;

  private static final int SAMPLE = 1 << 15;

  /** Four deviations of a quantile's rank near the median, as a share: 4 √(1/4 / SAMPLE). */
  private static final double MARGIN = 0.012;

  /** Pairs of different rows of a sample. */
  static RankedDistance within(double[][] rows) {
    SquaredDistances distances = new SquaredDistances(rows);
    SplittableRandom random = new SplittableRandom(SEED);
    return new RankedDistance(
        (long) rows.length * (rows.length - 1) / 2,
        distances::within,
        () -> {
          int i = random.nextInt(rows.length);
          int j = random.nextInt(rows.length - 1);
          return SquaredDistances.between(rows[i], rows[j < i ? j : j + 1]);
        });
  }

  /** Pairs of a row of each sample. */
  static RankedDistance between(double[][] x, double[][] y) {
    SquaredDistances distances = new SquaredDistances(y);
    SplittableRandom random = new SplittableRandom(SEED);
    return new RankedDistance(
        (long) x.length * y.length,
        visitor -> distances.from(x, visitor),
        () -> SquaredDistances.between(x[random.nextInt(x.length)], y[random.nextInt(y.length)]));
  }

  /**
   * The distance.
   *
   * @param rank from 0, of the least
   * @return NaN where so many are not numbers that none has the rank
   */
  double at(long rank) {
    double[] sample = new double[pairs <= MOST_HELD ? 0 : SAMPLE];
    Arrays.setAll(sample, i -> any.getAsDouble());
    Arrays.sort(sample);
    double share = (double) rank / pairs;
    double margin = sample.length == 0 ? 1 : MARGIN;
    while (true) {
      int low = (int) Math.floor((share - margin) * sample.length);
      int high = (int) Math.ceil((share + margin) * sample.length);
      boolean isLeft = sample.length == 0 || low < 0;
      boolean isRight = high >= sample.length;
      Between between =
          new Between(isLeft ? -1 : sample[low], isRight ? Double.POSITIVE_INFINITY : sample[high]);
      all.accept(between);
      if (between.holds(rank)) {
        return between.at(rank);
      }
      if (isLeft && isRight) {
        return Double.NaN;
      }
      margin *= 8;
    }
  }

  /** Counts distances below and at two values, and keeps those between. */
  private static final class Between implements SquaredDistances.Visitor {

    private final double low;
    private final double high;
    private long below;
    private long atLow;
    private long atHigh;
    private double[] kept = new double[1024];
    private int size;

    Between(double low, double high) {
      this.low = low;
      this.high = high;
    }

    @Override
    public void row(int index, double[] distances, int count) {
      if (kept.length - size < count) {
        kept = Arrays.copyOf(kept, Math.max(2 * kept.length, size + count));
      }
      // Half of them are below: a branch would be mispredicted as often.
      int less = 0;
      int next = size;
      for (int j = 0; j < count; j++) {
        double distance = distances[j];
        less += distance < low ? 1 : 0;
        kept[next] = distance;
        int above = distance > low ? 1 : 0;
        int under = distance < high ? 1 : 0;
        next += above & under;
      }
      below += less;
      size = next;
      countEqual(distances, count);
    }

    private void countEqual(double[] distances, int count) {
      int lows = 0;
      int highs = 0;
      for (int j = 0; j < count; j++) {
        lows += distances[j] == low ? 1 : 0;
        highs += distances[j] == high ? 1 : 0;
      }
      atLow += lows;
      // Of one value as both, all are counted once.
      atHigh += low < high ? highs : 0;
    }

    boolean holds(long rank) {
      return rank >= below && rank < below + atLow + size + atHigh;
    }

    double at(long rank) {
      if (rank < below + atLow) {
        return low;
      }
      long place = rank - below - atLow;
      return place < size ? select(kept, size, (int) place) : high;
    }
  }

  /** Hoare's algorithm FIND (Communications of the ACM 4, 1961); reorders the values. */
  static double select(double[] values, int size, int rank) {
    int left = 0;
    int right = size - 1;
    while (left < right) {
      double pivot = middle(values[left], values[(left + right) >>> 1], values[right]);
      int i = left;
      int j = right;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (rank <= j) {
        right = j;
      } else if (rank >= i) {
        left = i;
      } else {
        return values[rank];
      }
    }
    return values[rank];
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
