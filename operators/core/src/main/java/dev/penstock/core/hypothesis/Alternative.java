package dev.penstock.core.hypothesis;

/** What a two-sample test sets against the hypothesis of one common distribution. */
public enum Alternative {
  /** The distributions differ, whichever way. */
  TWO_SIDED,
  /** Kolmogorov-Smirnov: the first's distribution function lies below; ranks: its values do. */
  LESS,
  /** Kolmogorov-Smirnov: the first's distribution function lies above; ranks: its values do. */
  GREATER
}
