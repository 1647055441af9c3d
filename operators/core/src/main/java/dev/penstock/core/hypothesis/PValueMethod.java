package dev.penstock.core.hypothesis;

/** How a p-value is found. */
public enum PValueMethod {
  /** Exact for small samples, else asymptotic; each test names its limits. */
  AUTO,
  /** By counting arrangements of the pooled sample; assumes that there are no ties. */
  EXACT,
  /** From the limiting distribution. */
  ASYMPTOTIC
}
