package dev.penstock.schemas.spec.trigger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to train. */
public sealed interface TriggerSpec
    permits EnsembleTriggerSpec,
        TriggerSpec.DataAmount,
        TriggerSpec.Evaluated,
        TriggerSpec.Guarded,
        TriggerSpec.Never,
        TriggerSpec.Time {

  /** A policy that is asked every so many samples. */
  sealed interface Evaluated extends TriggerSpec
      permits CostTriggerSpec,
          DetectorTriggerSpec,
          DriftTriggerSpec,
          PerformanceTriggerSpec,
          TriggerSpec.EveryN {

    /** Samples from one evaluation to the next. */
    long evaluationInterval();
  }

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

  /** Not at all: what a model is worth that is never trained again. */
  record Never() implements TriggerSpec {}

  /**
   * At every n-th evaluation; the others are held. With n = 1, always: a policy that is asked as
   * often can be compared with it.
   *
   * @param n evaluations from one trigger to the next
   * @param evaluationInterval samples from one evaluation to the next
   */
  record EveryN(long n, long evaluationInterval) implements Evaluated {

    public EveryN {
      if (n < 1) {
        throw new IllegalArgumentException("n must be positive, got " + n);
      }
      if (evaluationInterval < 1) {
        throw new IllegalArgumentException(
            "evaluation-interval-data-points must be positive, got " + evaluationInterval);
      }
    }
  }

  /**
   * A trigger within limits.
   *
   * @param trigger that is limited
   * @param coolDown slice time after a trigger in which the policy's are held; empty: none
   * @param minSamples with fewer samples since the last trigger the policy's is held; empty: none
   * @param maxSamples samples since the last trigger at which it fires whatever the policy says and
   *     however short ago that was; empty: none
   * @param inFlight what becomes of a trigger before the training of the last one has ended
   */
  record Guarded(
      TriggerSpec trigger,
      Optional<Duration> coolDown,
      Optional<Long> minSamples,
      Optional<Long> maxSamples,
      InFlight inFlight)
      implements TriggerSpec {

    public Guarded {
      requireNonNull(trigger, "trigger is null");
      requireNonNull(inFlight, "in-flight is null");
      if (trigger instanceof Guarded) {
        throw new IllegalArgumentException("trigger must not be guarded twice, got " + trigger);
      }
      if (coolDown.isPresent() && coolDown.get().toMillis() < 1) {
        throw new IllegalArgumentException(
            "cool-down must be at least 1 ms, got " + coolDown.get());
      }
      checkPositive("min-samples", minSamples);
      checkPositive("max-samples", maxSamples);
      if (minSamples.orElse(0L) > maxSamples.orElse(Long.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "min-samples must be at most max-samples, got "
                + minSamples.get()
                + " and "
                + maxSamples.get());
      }
    }

    /** With triggers that queue. */
    public Guarded(
        TriggerSpec trigger,
        Optional<Duration> coolDown,
        Optional<Long> minSamples,
        Optional<Long> maxSamples) {
      this(trigger, coolDown, minSamples, maxSamples, InFlight.QUEUE);
    }

    /** What becomes of a trigger before the training of the last one has ended. */
    public enum InFlight {
      /** It fires, and its task waits for a worker. */
      QUEUE,
      /** It is held and fires when that training has ended. */
      WAIT,
      /** It is held for good: its samples are of the next one that fires. */
      MERGE
    }

    /** A trigger with no limits. */
    public static Guarded unlimited(TriggerSpec trigger) {
      return new Guarded(trigger, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void checkPositive(String field, Optional<Long> samples) {
      if (samples.isPresent() && samples.get() < 1) {
        throw new IllegalArgumentException(field + " must be positive, got " + samples.get());
      }
    }
  }
}
