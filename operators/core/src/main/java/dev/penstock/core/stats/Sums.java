package dev.penstock.core.stats;

/**
 * Sums in a fixed order, several running at once: one would wait for its last addition each time.
 */
public final class Sums {

  private Sums() {}

  /** Of the values from {@code from} to before {@code to}. */
  public static double of(double[] values, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = from;
    for (; j + 4 <= to; j += 4) {
      a += values[j];
      b += values[j + 1];
      c += values[j + 2];
      d += values[j + 3];
    }
    for (; j < to; j++) {
      a += values[j];
    }
    return (a + b) + (c + d);
  }

  /** Of the values at the first {@code count} places. */
  public static double at(double[] values, int[] places, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      a += values[places[k]];
      b += values[places[k + 1]];
      c += values[places[k + 2]];
      d += values[places[k + 3]];
    }
    for (; k < count; k++) {
      a += values[places[k]];
    }
    return (a + b) + (c + d);
  }

  /** Of the products of the first {@code count} values. */
  public static double ofProducts(double[] x, double[] y, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      a += x[k] * y[k];
      b += x[k + 1] * y[k + 1];
      c += x[k + 2] * y[k + 2];
      d += x[k + 3] * y[k + 3];
    }
    for (; k < count; k++) {
      a += x[k] * y[k];
    }
    return (a + b) + (c + d);
  }
}
