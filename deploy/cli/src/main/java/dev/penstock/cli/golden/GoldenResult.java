package dev.penstock.cli.golden;

/**
 * What became of a case.
 *
 * @param name of the case
 * @param reason what disagrees, or why it is not compared; empty: it agrees
 */
record GoldenResult(String name, Verdict verdict, String reason) {

  /** How a case ends. */
  enum Verdict {
    AGREES,
    DISAGREES,
    /** Its kind has no counterpart in Penstock, or another reference binds. */
    NOT_COMPARED
  }

  static GoldenResult agrees(String name) {
    return new GoldenResult(name, Verdict.AGREES, "");
  }

  static GoldenResult disagrees(String name, String reason) {
    return new GoldenResult(name, Verdict.DISAGREES, reason);
  }

  static GoldenResult notCompared(String name, String reason) {
    return new GoldenResult(name, Verdict.NOT_COMPARED, reason);
  }
}
