package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the composite model is judged.
 *
 * @param slice pieces of the stream that get one evaluation each
 */
public record EvaluationSpec(Slice slice) {

  public EvaluationSpec {
    requireNonNull(slice, "slice is null");
  }

  /** How the stream is cut. */
  public sealed interface Slice {

    /** Every so many labelled samples. */
    record Samples(long samples) implements Slice {

      public Samples {
        if (samples < 1) {
          throw new IllegalArgumentException("samples must be positive, got " + samples);
        }
      }
    }

    /** Every so much slice time, from the epoch on. */
    record Every(Duration every) implements Slice {

      public Every {
        requireNonNull(every, "every is null");
        if (every.toMillis() < 1) {
          throw new IllegalArgumentException("every must be at least 1 ms, got " + every);
        }
      }
    }
  }
}
