package dev.penstock.core.trigger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A policy's answer at some position.
 *
 * @param outcome fire or hold
 * @param reason the answer in words
 * @param measurements figures behind it
 * @param modelVersion id of the model version that the policy looked at; empty: none
 */
public record Answer(
    Outcome outcome, String reason, List<Measurement> measurements, Optional<String> modelVersion) {

  public Answer {
    measurements = List.copyOf(measurements);
  }

  /** The answer. */
  public enum Outcome {
    FIRED,
    HELD
  }

  /**
   * A figure and what it was held against.
   *
   * @param name what was measured
   * @param value the measured value
   * @param threshold what it was held against; empty: informative only
   */
  public record Measurement(String name, double value, OptionalDouble threshold) {

    public Measurement(String name, double value, double threshold) {
      this(name, value, OptionalDouble.of(threshold));
    }

    /** A figure that was held against nothing. */
    public static Measurement of(String name, double value) {
      return new Measurement(name, value, OptionalDouble.empty());
    }
  }

  /** Hold, for one figure. */
  public static Answer held(String reason, Measurement measurement) {
    return of(/* fires= */ false, reason, List.of(measurement), null);
  }

  /** Fire, for one figure. */
  public static Answer fired(String reason, Measurement measurement) {
    return of(/* fires= */ true, reason, List.of(measurement), null);
  }

  /**
   * An answer.
   *
   * @param model id of the version that was looked at; null: none
   */
  public static Answer of(
      boolean fires, String reason, List<Measurement> measurements, @Nullable String model) {
    Outcome outcome = fires ? Outcome.FIRED : Outcome.HELD;
    return new Answer(outcome, reason, measurements, Optional.ofNullable(model));
  }

  /** The same answer for another reason, with the same model. */
  public Answer with(Outcome newOutcome, String newReason, List<Measurement> newMeasurements) {
    return new Answer(newOutcome, newReason, newMeasurements, modelVersion);
  }
}
