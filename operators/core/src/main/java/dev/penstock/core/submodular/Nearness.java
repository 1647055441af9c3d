package dev.penstock.core.submodular;

/**
 * The largest Euclidean distance between any two rows, and 10⁻³, less their distance: CRAIG's
 * similarity. The largest distance is found in {@code O(n² d)}, the others when asked for.
 */
public final class Nearness implements Similarity {

  /** So that the farthest pair is still alike, if little: it must not count as of two classes. */
  private static final double LEAST = 1e-3;

  private final double[][] rows;
  private final double largest;

  public Nearness(double[][] rows) {
    this.rows = rows;
    double squared = 0;
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < a; b++) {
        squared = Math.max(squared, squaredDistance(a, b));
      }
    }
    largest = Math.sqrt(squared);
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public double of(int a, int b) {
    return largest + LEAST - Math.sqrt(squaredDistance(a, b));
  }

  private double squaredDistance(int a, int b) {
    double sum = 0;
    for (int i = 0; i < rows[a].length; i++) {
      double difference = rows[a][i] - rows[b][i];
      sum += difference * difference;
    }
    return sum;
  }
}
