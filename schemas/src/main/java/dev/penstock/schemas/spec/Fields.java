package dev.penstock.schemas.spec;

/** Checks of a spec's fields: {@code <field> must be <demand>, got <value>}. */
final class Fields {

  private Fields() {}

  static void atLeast(String field, long value, long least) {
    check(value >= least, field, "at least " + least, value);
  }

  static void positive(String field, double value) {
    check(value > 0 && Double.isFinite(value), field, "positive and finite", value);
  }

  static void notNegative(String field, double value) {
    check(value >= 0 && Double.isFinite(value), field, "finite and not negative", value);
  }

  static void inOpenUnitInterval(String field, double value) {
    check(value > 0 && value < 1, field, "in (0, 1)", value);
  }

  /** A share that may be all. */
  static void inUnitIntervalWithoutZero(String field, double value) {
    check(value > 0 && value <= 1, field, "in (0, 1]", value);
  }

  static void above(String field, double value, String otherField, double other) {
    check(value > other, field, "above " + otherField + " " + other, value);
  }

  static void above(String field, long value, String otherField, long other) {
    check(value > other, field, "above " + otherField + " " + other, value);
  }

  static void check(boolean holds, String field, String demand, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(field + " must be " + demand + ", got " + value);
    }
  }
}
