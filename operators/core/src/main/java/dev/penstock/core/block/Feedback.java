package dev.penstock.core.block;

import org.jspecify.annotations.Nullable;

/**
 * What a pipeline's models say of a sample that they have not been trained on, or what a serving
 * system says in their place.
 *
 * @param settled number of the last trigger whose training had ended when the sample came, in
 *     success or failure; 0: none
 * @param model version that was active when it came, or that the serving system names; null: none
 * @param predicted most probable class, or the predicted value; NaN: not scored
 * @param loss negative natural logarithm of the true class's probability, or the squared error;
 *     NaN: not scored, not labelled, or without probabilities
 * @param rank classes more probable than the true one, or without probabilities 1 if wrong; -1: not
 *     scored, not labelled, or regression
 */
public record Feedback(
    long settled, @Nullable ModelInUse model, float predicted, float loss, int rank) {

  /** Nothing has been trained yet. */
  public static final Feedback NONE = unscored(0, null);

  /** Of a sample that nobody wanted scored. */
  public static Feedback unscored(long settled, @Nullable ModelInUse model) {
    return new Feedback(settled, model, Float.NaN, Float.NaN, -1);
  }
}
