package dev.penstock.core.block;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sample beyond its place and time, for the policies that look at it.
 *
 * @param label class index or target; NaN: not labelled
 * @param payload as the dataset declares it; empty: nobody looks at it
 * @param feedback by pipeline, in the order of those that look
 */
@SuppressWarnings("ArrayRecordComponent") // compared by contents
public record Observation(double label, byte[] payload, List<Feedback> feedback) {

  public Observation {
    feedback = List.copyOf(feedback);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Observation observation
        && Double.compare(label, observation.label) == 0
        && Arrays.equals(payload, observation.payload)
        && feedback.equals(observation.feedback);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(label) + Arrays.hashCode(payload);
  }

  /** Of a sample that came before anybody looked. */
  public static final Observation NONE = new Observation(Double.NaN, new byte[0], List.of());

  /** The feedback for a pipeline, which may have begun to look later. */
  public Feedback feedback(int pipeline) {
    return pipeline < feedback.size() ? feedback.get(pipeline) : Feedback.NONE;
  }

  /** The same for other pipelines: for each, its index among those here, or -1. */
  public Observation of(int[] pipelines) {
    Feedback[] others = new Feedback[pipelines.length];
    for (int i = 0; i < pipelines.length; i++) {
      others[i] = pipelines[i] < 0 ? Feedback.NONE : feedback(pipelines[i]);
    }
    return new Observation(label, payload, List.of(others));
  }
}
