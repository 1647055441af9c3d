package dev.penstock.core.trigger;

import java.util.List;

/**
 * A policy's answer at some position.
 *
 * @param outcome fire or hold
 * @param reason the answer in words
 * @param measurements figures behind it
 */
public record Answer(Outcome outcome, String reason, List<Measurement> measurements) {

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
   * @param threshold what it was held against
   */
  public record Measurement(String name, double value, double threshold) {}

  static Answer held(String reason, Measurement measurement) {
    return new Answer(Outcome.HELD, reason, List.of(measurement));
  }

  static Answer fired(String reason, Measurement measurement) {
    return new Answer(Outcome.FIRED, reason, List.of(measurement));
  }
}
