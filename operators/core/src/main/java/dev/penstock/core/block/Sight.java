package dev.penstock.core.block;

/**
 * What a pipeline has to see of samples beyond place, time and label.
 *
 * @param payload whether it looks at payloads
 * @param scores which samples its models score
 */
public record Sight(boolean payload, Scores scores) {

  /** Sees which models are there, no more. */
  public static final Sight FEEDBACK = new Sight(/* payload= */ false, Scores.NONE);

  /** Sees how models do. */
  public static final Sight LABELLED = new Sight(/* payload= */ false, Scores.LABELLED);

  /** Sees what models say. */
  public static final Sight ALL = new Sight(/* payload= */ false, Scores.ALL);

  /** Sees payloads. */
  public static final Sight PAYLOAD = new Sight(/* payload= */ true, Scores.NONE);

  /** Which samples are scored. */
  public enum Scores {
    NONE,
    LABELLED,
    ALL
  }

  /** What both see. */
  public Sight and(Sight other) {
    return new Sight(
        payload || other.payload, scores.compareTo(other.scores) > 0 ? scores : other.scores);
  }
}
