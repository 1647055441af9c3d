package dev.penstock.cli.ledger.chain;

import dev.penstock.cli.text.Figures;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Scores in words. Their names say what they are: those that end in {@code Millis} are durations,
 * {@code windowEnd} is a time, all others are plain numbers.
 */
public final class Scores {

  private static final String TIME = "windowEnd";

  private Scores() {}

  /** For a column: {@code mmd 0.041/0.05}. */
  public static String brief(List<Score> scores) {
    return scores.isEmpty()
        ? "-"
        : scores.stream().map(score -> words(score, "/")).collect(Collectors.joining(", "));
  }

  /** For a sentence: {@code mmd 0.041 against a threshold of 0.05}. */
  static String sentence(List<Score> scores) {
    return scores.isEmpty()
        ? "nothing"
        : scores.stream()
            .map(score -> words(score, " against a threshold of "))
            .collect(Collectors.joining(", "));
  }

  /** For a sentence: {@code mmd 0.041 of 0.05}. */
  static String of(Score score) {
    return words(score, " of ");
  }

  /**
   * The score of a decision that was nearest to its threshold, relative to it: whether a policy
   * fires above or below is its own business.
   */
  static Optional<Score> closest(Decision decision) {
    return decision.getScores().stream()
        .filter(score -> Double.isFinite(distance(score)))
        .min(Comparator.comparingDouble(Scores::distance));
  }

  /** How far a score is from its threshold, relative to it; infinite: it has none. */
  static double distance(Score score) {
    Double threshold = score.getThreshold();
    if (threshold == null) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = Math.abs(score.getValue() - threshold);
    return threshold == 0 ? distance : distance / Math.abs(threshold);
  }

  private static String words(Score score, String against) {
    String measured = score.getName() + " " + value(score.getName(), score.getValue());
    Double threshold = score.getThreshold();
    return threshold == null || score.getName().equals(TIME)
        ? measured
        : measured + against + value(score.getName(), threshold);
  }

  private static String value(String name, double value) {
    if (name.equals(TIME)) {
      return Figures.time((long) value);
    }
    return name.endsWith("Millis") ? Figures.duration((long) value) : Figures.number(value);
  }
}
