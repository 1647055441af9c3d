package dev.penstock.core.detector;

/** Checks of settings and samples, each with a message that names the value. */
final class Checks {

  private Checks() {}

  /** A confidence or a weight. */
  static void inUnitInterval(String name, double value) {
    check(value > 0 && value < 1, name, "in (0, 1)", value);
  }

  static void atLeast(String name, long value, long least) {
    check(value >= least, name, "at least " + least, value);
  }

  static void positive(String name, double value) {
    check(value > 0 && Double.isFinite(value), name, "positive and finite", value);
  }

  static void notNegative(String name, double value) {
    check(value >= 0 && Double.isFinite(value), name, "finite and not negative", value);
  }

  /** The warning must come before the drift. */
  static void above(String name, double value, String otherName, double other) {
    check(value > other, name, "above " + otherName + " " + other, value);
  }

  static void above(String name, long value, String otherName, long other) {
    check(value > other, name, "above " + otherName + " " + other, value);
  }

  static void finite(double value) {
    check(Double.isFinite(value), "value", "finite", value);
  }

  static void check(boolean holds, String name, String demand, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + demand + ", got " + value);
    }
  }
}
