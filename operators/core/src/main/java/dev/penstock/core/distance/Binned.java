package dev.penstock.core.distance;

import dev.penstock.core.hypothesis.Contingency;
import dev.penstock.core.stats.Samples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Two raw samples over common bins, for the distances of {@link DiscreteDistances}.
 *
 * <p>{@link #evidently} bins as evidently does: a numeric reference of more than 20 distinct values
 * in equal bins over the pool, as many as Sturges' rule gives ({@code ceil(log2(n) + 1)}, Sturges,
 * The choice of a class interval, Journal of the American Statistical Association 21, 1926), others
 * one value a bin. Bins are closed below and open above but for the last, edges as numpy's. Values
 * must be finite: there is no bin for NaN.
 *
 * @param reference proportions of the reference sample, a bin each
 * @param current proportions of the current sample
 */
public record Binned(double[] reference, double[] current) {

  /** Up to this many distinct values are bins of their own. */
  private static final int MOST_VALUES = 20;

  /** The proportion that stands for an empty bin, and the smallest that may do without less. */
  private static final double EMPTY = 0.0001;

  /** Where a bin holds so little that {@link #EMPTY} is more, an empty one counts as this share. */
  private static final double SHARE_OF_LEAST = 1e6;

  /**
   * Numeric samples, as evidently bins them.
   *
   * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
   */
  public static Binned evidently(double[] reference, double[] current) {
    requireFinite(reference, current);
    double[] sorted = Samples.sorted(reference);
    if (distinct(sorted).length <= MOST_VALUES) {
      double[] values = distinct(Samples.merge(sorted, Samples.sorted(current)));
      return new Binned(shares(values, reference), shares(values, current));
    }
    double[] all = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, all, reference.length, current.length);
    return histogram(reference, current, edges(all, sturges(all)));
  }

  /**
   * Numeric samples over Sturges' bins for the distinct values of both: evidently's bins for its
   * Hellinger distance.
   *
   * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
   */
  public static Binned distinctSturges(double[] reference, double[] current) {
    requireFinite(reference, current);
    double[] values = distinct(Samples.merge(Samples.sorted(reference), Samples.sorted(current)));
    return histogram(reference, current, edges(values, sturges(values)));
  }

  /**
   * Numeric samples over bins of equal width from the least to the largest value of both.
   *
   * @param bins at least 1
   * @throws IllegalArgumentException if there is no bin, a sample is empty or holds a value that is
   *     not finite
   */
  public static Binned equalWidth(double[] reference, double[] current, int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be positive, got " + bins);
    }
    requireFinite(reference, current);
    double[] all = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, all, reference.length, current.length);
    return histogram(reference, current, edges(all, bins));
  }

  /**
   * Categories, a bin each, in the order of their first appearance.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static Binned categories(String[] reference, String[] current) {
    long[][] counts = counts(reference, current);
    return new Binned(
        DiscreteDistances.normalised(toDoubles(counts[0])),
        DiscreteDistances.normalised(toDoubles(counts[1])));
  }

  /**
   * Categories as numbers, a bin each, ascending.
   *
   * @throws IllegalArgumentException if a sample is empty
   */
  public static Binned categories(long[] reference, long[] current) {
    double[] first = toDoubles(reference);
    double[] second = toDoubles(current);
    Samples.requireAtLeast(1, first, "reference");
    Samples.requireAtLeast(1, second, "current");
    double[] values = distinct(Samples.merge(Samples.sorted(first), Samples.sorted(second)));
    return new Binned(shares(values, first), shares(values, second));
  }

  /**
   * How often each category occurs, in the order of their first appearance: the 2 x k table of
   * {@link Contingency}.
   *
   * @return counts of the reference, then of the current sample
   * @throws IllegalArgumentException if a sample is empty
   */
  public static long[][] counts(String[] reference, String[] current) {
    if (reference.length == 0 || current.length == 0) {
      throw new IllegalArgumentException(
          "%s must have at least 1 values, got 0"
              .formatted(reference.length == 0 ? "reference" : "current"));
    }
    Map<String, Integer> bins = new HashMap<>();
    for (String[] sample : new String[][] {reference, current}) {
      for (String category : sample) {
        bins.putIfAbsent(category, bins.size());
      }
    }
    long[][] counts = new long[2][bins.size()];
    for (String category : reference) {
      counts[0][bins.getOrDefault(category, 0)]++;
    }
    for (String category : current) {
      counts[1][bins.getOrDefault(category, 0)]++;
    }
    return counts;
  }

  /**
   * Empty bins replaced as evidently does before a logarithm: by 1e-4, or where a bin of the sample
   * holds no more than that, by a millionth of its smallest. The sum is a little above 1 then.
   */
  public Binned withoutZeros() {
    return new Binned(withoutZeros(reference), withoutZeros(current));
  }

  private static double[] withoutZeros(double[] proportions) {
    double least = Double.POSITIVE_INFINITY;
    for (double proportion : proportions) {
      least = proportion > 0 ? Math.min(least, proportion) : least;
    }
    return DiscreteDistances.zerosReplaced(
        proportions, least <= EMPTY ? least / SHARE_OF_LEAST : EMPTY);
  }

  private static void requireFinite(double[] reference, double[] current) {
    Samples.requireFinite(reference, "reference");
    Samples.requireFinite(current, "current");
  }

  private static double[] distinct(double[] sorted) {
    double[] distinct = new double[sorted.length];
    int size = 0;
    for (double value : sorted) {
      if (size == 0 || distinct[size - 1] != value) {
        distinct[size++] = value;
      }
    }
    return Arrays.copyOf(distinct, size);
  }

  private static double[] shares(double[] values, double[] sample) {
    double[] shares = new double[values.length];
    for (double value : sample) {
      // Plus zero: negative zero is not found otherwise.
      shares[Arrays.binarySearch(values, value + 0.0)]++;
    }
    return overSize(shares, sample.length);
  }

  private static double[] overSize(double[] counts, int size) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] /= size;
    }
    return counts;
  }

  /** In numpy's arithmetic, as a bin more or less hangs on a rounding where n is a power of 2. */
  private static int sturges(double[] values) {
    double range = max(values) - min(values);
    if (range == 0) {
      return 1;
    }
    int n = values.length;
    double log2 =
        Integer.bitCount(n) == 1
            ? Integer.numberOfTrailingZeros(n)
            : StrictMath.log(n) / StrictMath.log(2);
    double width = range / (log2 + 1);
    return (int) Math.ceil(range / width);
  }

  private static double[] edges(double[] values, int bins) {
    double first = min(values);
    double last = max(values);
    if (first == last) {
      first -= 0.5;
      last += 0.5;
    }
    double step = (last - first) / bins;
    double[] edges = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      edges[i] = i * step + first;
    }
    edges[bins] = last;
    return edges;
  }

  private static Binned histogram(double[] reference, double[] current, double[] edges) {
    return new Binned(histogram(reference, edges), histogram(current, edges));
  }

  private static double[] histogram(double[] sample, double[] edges) {
    int bins = edges.length - 1;
    double[] counts = new double[bins];
    double scale = bins / (edges[bins] - edges[0]);
    for (double value : sample) {
      int bin = Math.min((int) ((value - edges[0]) * scale), bins - 1);
      // The division rounds: the edges decide.
      while (value < edges[bin]) {
        bin--;
      }
      while (bin < bins - 1 && value >= edges[bin + 1]) {
        bin++;
      }
      counts[bin]++;
    }
    return overSize(counts, sample.length);
  }

  private static double min(double[] values) {
    double min = values[0];
    for (double value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static double max(double[] values) {
    double max = values[0];
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  private static double[] toDoubles(long[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }
}
