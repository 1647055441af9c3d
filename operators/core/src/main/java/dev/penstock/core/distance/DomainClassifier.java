package dev.penstock.core.distance;

import dev.penstock.core.hypothesis.TestResult;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.stats.Samples;
import dev.penstock.core.stats.Sums;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A classifier two-sample test: a logistic regression learns on half of the rows to tell current
 * from reference ones; the statistic is the area under its ROC curve on the other half, in [0, 1],
 * around a half for one distribution (Lopez-Paz and Oquab, Revisiting classifier two-sample tests,
 * ICLR 2017, with the area in place of their accuracy, as it does not depend on the sizes).
 *
 * <p>The area's one-sided p-value ({@link RocAuc}) holds whatever was learned. The features enter
 * linearly: a change of means is seen, one of spread alone is not.
 *
 * <p>Features are standardized by the learning half. Learning minimizes the mean logistic loss plus
 * {@code |w|² / (2n)} by a fixed number of accelerated gradient steps (Nesterov, 1983): {@code
 * O(nd)} each for n rows of d features. The same rows and seed give the same result.
 */
public final class DomainClassifier {

  /** Rows a sample needs: two to learn from, two to test on. */
  public static final int LEAST_ROWS = 4;

  /** The area changes in its fourth digit beyond. */
  private static final int STEPS = 200;

  /** Power iterations: a step too long by what they miss is covered by {@link #MARGIN}. */
  private static final int POWER_STEPS = 30;

  private static final double MARGIN = 1.2;

  private final double[][] rows;

  /** 1: current, 0: reference. */
  private final double[] labels;

  private final double[] means;
  private final double[] deviations;

  private DomainClassifier(double[][] reference, double[][] current) {
    rows = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, rows, reference.length, current.length);
    labels = new double[rows.length];
    Arrays.fill(labels, reference.length, rows.length, 1);
    int features = rows[0].length;
    means = new double[features];
    deviations = new double[features];
    for (double[] row : rows) {
      for (int k = 0; k < features; k++) {
        means[k] += row[k] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int k = 0; k < features; k++) {
        deviations[k] += (row[k] - means[k]) * (row[k] - means[k]) / rows.length;
      }
    }
    for (int k = 0; k < features; k++) {
      deviations[k] = Math.sqrt(deviations[k]);
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = standardized(rows[i]);
    }
  }

  /**
   * Tests two samples.
   *
   * @param reference at least {@link #LEAST_ROWS} rows of finite values
   * @param current likewise, of as many features
   * @param seed of the halves
   * @throws IllegalArgumentException if there are fewer rows, or their features differ in number
   */
  public static TestResult test(double[][] reference, double[][] current, long seed) {
    int features = Samples.requireRows(LEAST_ROWS, /* features= */ -1, reference, "reference");
    Samples.requireRows(LEAST_ROWS, features, current, "current");
    int[] referenceOrder = order(reference.length, SampleHash.stream(seed, 0));
    int[] currentOrder = order(current.length, SampleHash.stream(seed, 1));
    DomainClassifier classifier =
        new DomainClassifier(
            half(reference, referenceOrder, 0, reference.length / 2),
            half(current, currentOrder, 0, current.length / 2));
    double[] weights = classifier.learn();

    double[][] low = half(reference, referenceOrder, reference.length / 2, reference.length);
    double[][] high = half(current, currentOrder, current.length / 2, current.length);
    return RocAuc.test(classifier.scores(high, weights), classifier.scores(low, weights));
  }

  /** Row indexes by a hash, in place of a shuffle. */
  private static int[] order(int size, long stream) {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingLong(index -> SampleHash.of(stream, index)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[][] half(double[][] rows, int[] order, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> rows[order[i]]).toArray(double[][]::new);
  }

  private double[] standardized(double[] row) {
    double[] standardized = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      standardized[k] = deviations[k] == 0 ? 0 : (row[k] - means[k]) / deviations[k];
    }
    return standardized;
  }

  private double[] scores(double[][] others, double[] weights) {
    return Arrays.stream(others).mapToDouble(row -> dot(standardized(row), weights)).toArray();
  }

  /**
   * Weights of the features. The bias is fitted too, but does not change the order of scores: it is
   * left out of what is returned.
   */
  private double[] learn() {
    int features = means.length;
    double penalty = 1.0 / rows.length;
    // The logistic loss bends by a quarter at most; the bias adds a column of ones.
    double step = 1 / (0.25 * MARGIN * Math.max(largestEigenvalue(), 1) + penalty);
    double[] weights = new double[features + 1];
    double[] ahead = weights.clone();
    double momentum = 1;
    for (int t = 0; t < STEPS; t++) {
      double[] gradient = gradient(ahead, penalty);
      double nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double share = (momentum - 1) / nextMomentum;
      for (int k = 0; k <= features; k++) {
        double next = ahead[k] - step * gradient[k];
        ahead[k] = next + share * (next - weights[k]);
        weights[k] = next;
      }
      momentum = nextMomentum;
    }
    return Arrays.copyOf(weights, features);
  }

  private double[] gradient(double[] weights, double penalty) {
    int bias = means.length;
    double[] gradient = new double[weights.length];
    for (int i = 0; i < rows.length; i++) {
      double z = weights[bias] + dot(rows[i], weights);
      double error = (1 / (1 + StrictMath.exp(-z)) - labels[i]) / rows.length;
      add(error, rows[i], gradient);
      gradient[bias] += error;
    }
    for (int k = 0; k < bias; k++) {
      gradient[k] += penalty * weights[k];
    }
    return gradient;
  }

  /** Of the features' correlations, by power iteration from a direction that favours none. */
  private double largestEigenvalue() {
    double[] direction = new double[means.length];
    for (int k = 0; k < direction.length; k++) {
      // Not all equal: that may be orthogonal to what is looked for.
      direction[k] = 1 + (k % 7) / 10.0;
    }
    double eigenvalue = 0;
    for (int t = 0; t < POWER_STEPS; t++) {
      double length = Math.sqrt(dot(direction, direction));
      if (length == 0) {
        return 0;
      }
      double[] next = new double[direction.length];
      for (double[] row : rows) {
        double along = dot(row, direction) / length / rows.length;
        add(along, row, next);
      }
      eigenvalue = Math.sqrt(dot(next, next));
      direction = next;
    }
    return eigenvalue;
  }

  private static void add(double factor, double[] row, double[] sums) {
    for (int k = 0; k < row.length; k++) {
      sums[k] += factor * row[k];
    }
  }

  /** Over the features of the first, which may be fewer. */
  private static double dot(double[] row, double[] weights) {
    return Sums.ofProducts(row, weights, row.length);
  }
}
