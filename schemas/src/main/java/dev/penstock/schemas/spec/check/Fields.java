package dev.penstock.schemas.spec.check;

/** Checks of a spec's fields: {@code <field> must be <demand>, got <value>}. */
public final class Fields {

  private Fields() {}

  public static void atLeast(String field, long value, long least) {
    check(value >= least, field, "at least " + least, value);
  }

  public static void positive(String field, double value) {
    check(value > 0 && Double.isFinite(value), field, "positive and finite", value);
  }

  public static void notNegative(String field, double value) {
    check(value >= 0 && Double.isFinite(value), field, "finite and not negative", value);
  }

  public static void inOpenUnitInterval(String field, double value) {
    check(value > 0 && value < 1, field, "in (0, 1)", value);
  }

  /** A share that may be all. */
  public static void inUnitIntervalWithoutZero(String field, double value) {
    check(value > 0 && value <= 1, field, "in (0, 1]", value);
  }

  public static void above(String field, double value, String otherField, double other) {
    check(value > other, field, "above " + otherField + " " + other, value);
  }

  public static void above(String field, long value, String otherField, long other) {
    check(value > other, field, "above " + otherField + " " + other, value);
  }

  public static void check(boolean holds, String field, String demand, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(field + " must be " + demand + ", got " + value);
    }
  }
}
