package dev.penstock.core.criterion;

/** Which scores are bad. */
public enum Direction {
  /** Larger is worse, as of a distance. */
  HIGH,
  /** Smaller is worse, as of an accuracy. */
  LOW;

  /** How much worse {@code score} is than {@code other}; negative: it is better. */
  public double excess(double score, double other) {
    return this == HIGH ? score - other : other - score;
  }
}
