package dev.penstock.core.evaluation;

/** Where the true class stands among a model's answers. */
public final class Ranks {

  private Ranks() {}

  /** The most probable class; of equal ones the first. */
  public static int best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /** Classes that are more probable than the true one; of equal ones the first counts as more. */
  public static int of(float[] scores, int truth) {
    int rank = 0;
    for (int i = 0; i < scores.length; i++) {
      rank += scores[i] > scores[truth] || (scores[i] == scores[truth] && i < truth) ? 1 : 0;
    }
    return rank;
  }
}
