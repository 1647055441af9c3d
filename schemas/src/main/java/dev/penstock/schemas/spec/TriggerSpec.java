package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to train. */
public sealed interface TriggerSpec {

  /**
   * Every so many samples.
   *
   * @param numSamples samples between triggers
   */
  record DataAmount(long numSamples) implements TriggerSpec {

    public DataAmount {
      if (numSamples < 1) {
        throw new IllegalArgumentException("num-samples must be positive, got " + numSamples);
      }
    }
  }

  /**
   * Every so much slice time: windows {@code [start + i*every, start + (i+1)*every)}.
   *
   * @param every length of a window
   * @param startTimestamp start of the first window; empty: slice time of the first sample
   */
  record Time(Duration every, Optional<Instant> startTimestamp) implements TriggerSpec {

    public Time {
      requireNonNull(every, "every is null");
      requireNonNull(startTimestamp, "start-timestamp is null");
      if (every.toMillis() < 1) {
        throw new IllegalArgumentException("every must be at least 1 ms, got " + every);
      }
    }
  }
}
