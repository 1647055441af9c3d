package dev.penstock.core.benchmark;

import static java.util.Objects.requireNonNull;

/**
 * What a measure must reach.
 *
 * @param bound the side that is good
 * @param value the limit, itself good
 */
public record Goal(Bound bound, double value) {

  public Goal {
    requireNonNull(bound, "bound is null");
  }

  /** A goal of {@code value} or more. */
  public static Goal atLeast(double value) {
    return new Goal(Bound.AT_LEAST, value);
  }

  /** A goal of {@code value} or less. */
  public static Goal atMost(double value) {
    return new Goal(Bound.AT_MOST, value);
  }

  /** Whether {@code measured} reaches the goal; NaN never does. */
  public boolean isMetBy(double measured) {
    return bound == Bound.AT_LEAST ? measured >= value : measured <= value;
  }

  /** The side of a goal that is good. */
  public enum Bound {
    AT_LEAST(">="),
    AT_MOST("<=");

    private final String symbol;

    Bound(String symbol) {
      this.symbol = symbol;
    }

    /** The bound as people write it. */
    public String symbol() {
      return symbol;
    }
  }
}
