package dev.penstock.core.stats;

/** Checks of settings and scores, each with a message that names the value. */
public final class Require {

  private Require() {}

  /**
   * A share that is neither nothing nor all.
   *
   * @throws IllegalArgumentException if it is not in (0, 1)
   */
  public static void inOpenUnitInterval(String name, double value) {
    check(value > 0 && value < 1, name, "in (0, 1)", value);
  }

  /**
   * A share.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public static void inUnitInterval(String name, double value) {
    check(value >= 0 && value <= 1, name, "in [0, 1]", value);
  }

  /**
   * A count with a lower bound.
   *
   * @throws IllegalArgumentException if it is less than {@code least}
   */
  public static void atLeast(String name, long value, long least) {
    check(value >= least, name, "at least " + least, value);
  }

  /**
   * A number that is positive and finite.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void positive(String name, double value) {
    check(value > 0 && Double.isFinite(value), name, "positive and finite", value);
  }

  /**
   * A number that is 0 or more, and finite.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void notNegative(String name, double value) {
    check(value >= 0 && Double.isFinite(value), name, "finite and not negative", value);
  }

  /**
   * A number that is neither infinite nor NaN.
   *
   * @throws IllegalArgumentException if it is one
   */
  public static void finite(String name, double value) {
    check(Double.isFinite(value), name, "finite", value);
  }

  /**
   * A number that must exceed another one.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static void above(String name, double value, String otherName, double other) {
    check(value > other, name, "above " + otherName + " " + other, value);
  }

  /**
   * A count that must exceed another one.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static void above(String name, long value, String otherName, long other) {
    check(value > other, name, "above " + otherName + " " + other, value);
  }

  /**
   * Any other demand: {@code <name> must be <demand>, got <value>}.
   *
   * @throws IllegalArgumentException if it does not hold
   */
  public static void check(boolean holds, String name, String demand, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + demand + ", got " + value);
    }
  }
}
