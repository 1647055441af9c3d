package dev.penstock.cli.golden.suite;

/**
 * What became of a case.
 *
 * @param name of the case
 * @param reason what disagrees, or why it is not compared; empty: it agrees
 */
public record GoldenResult(String name, Verdict verdict, String reason) {

  /** How a case ends. */
  public enum Verdict {
    AGREES,
    DISAGREES,
    /** Its kind has no counterpart in Penstock, or another reference binds. */
    NOT_COMPARED
  }

  public static GoldenResult agrees(String name) {
    return new GoldenResult(name, Verdict.AGREES, "");
  }

  public static GoldenResult disagrees(String name, String reason) {
    return new GoldenResult(name, Verdict.DISAGREES, reason);
  }

  public static GoldenResult notCompared(String name, String reason) {
    return new GoldenResult(name, Verdict.NOT_COMPARED, reason);
  }
}
