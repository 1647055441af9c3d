package dev.penstock.schemas.spec.selection;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.check.PhaseEnds;
import dev.penstock.schemas.spec.yaml.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which samples to train on. */
public sealed interface SelectionSpec {

  /** Triggers before a trigger whose samples are in sight of it too; empty: all history. */
  default Optional<Integer> tailTriggers() {
    return Optional.empty();
  }

  /** The policy at a trigger, which is this one unless it is a schedule; triggers count from 1. */
  default SelectionSpec at(long trigger) {
    return this;
  }

  /** All policies that it may be, none of them a schedule. */
  default List<SelectionSpec> policies() {
    return List.of(this);
  }

  /** Whether the policy looks at classes. */
  default boolean looksAtLabels() {
    return false;
  }

  /**
   * Samples of the last triggers.
   *
   * @param tailTriggers triggers before this one whose samples are taken too; 0: only this one's
   *     (reset); empty: all history
   * @param limit at most so many of them; empty: all
   */
  record NewData(Optional<Integer> tailTriggers, Optional<Limit> limit) implements SelectionSpec {

    public NewData {
      requireNonNull(limit, "limit is null");
      checkTail(tailTriggers);
    }
  }

  /**
   * A bound on the size of a whole training set.
   *
   * @param size samples at most
   * @param keep which ones
   */
  record Limit(SampleSize size, Keep keep) {

    public Limit {
      requireNonNull(size, "size is null");
      requireNonNull(keep, "keep is null");
      if (keep == Keep.LAST) {
        Fields.check(
            size.samples().isPresent(), "keep", "random where the limit is a share", "last");
      }
    }

    /** A number of samples. */
    public Limit(long samples, Keep keep) {
      this(SampleSize.ofSamples(samples), keep);
    }
  }

  /** Which samples a limit keeps. */
  enum Keep {
    /** Uniformly at random, without replacement, by a seeded hash of the sample ref. */
    RANDOM,
    /** The last ones in position order. */
    LAST
  }

  /** Weights that a training set's samples get. */
  enum Weights {
    /** All the same. */
    NONE,
    /**
     * In inverse proportion to the share of its group that was taken, one on average: with them, a
     * loss over the selected samples estimates that over all in sight.
     */
    INVERSE_PROBABILITY
  }

  /**
   * A random part of the samples in sight, of which each group gives its share.
   *
   * @param grouping what the groups are
   * @param tailTriggers as of {@link NewData}
   * @param warmupTriggers first triggers at which all samples in sight are taken
   * @param size of the training set
   * @param force what balanced shares must reach
   * @param weights of the samples
   */
  record Sampled(
      Grouping grouping,
      Optional<Integer> tailTriggers,
      int warmupTriggers,
      SampleSize size,
      Force force,
      Weights weights)
      implements SelectionSpec {

    public Sampled {
      requireNonNull(grouping, "grouping is null");
      requireNonNull(size, "size is null");
      requireNonNull(force, "force is null");
      requireNonNull(weights, "weights is null");
      checkTail(tailTriggers);
      Fields.atLeast("warmup-triggers", warmupTriggers, 0);
      Fields.check(
          !(grouping instanceof Grouping.Trigger) || !tailTriggers.equals(Optional.of(0)),
          "tail-triggers",
          "at least 1, since triggers are balanced",
          0);
    }

    @Override
    public boolean looksAtLabels() {
      return grouping instanceof Grouping.Label;
    }
  }

  /** What a sample's group is. */
  sealed interface Grouping {

    /** There is one group. */
    record None() implements Grouping {}

    /** Its class; samples without one are not taken. */
    record Label() implements Grouping {}

    /** The trigger that it was new at. */
    record Trigger() implements Grouping {}

    /**
     * Its span of slice time; spans start at multiples of their width since the epoch.
     *
     * @param width of a span
     * @param spread what a span's share depends on
     */
    record Time(Duration width, Spread spread) implements Grouping {

      public Time {
        requireNonNull(spread, "spread is null");
        Fields.check(width.toMillis() >= 1, "every", "at least 1ms", DurationText.write(width));
      }
    }

    /** What a span's share depends on. */
    enum Spread {
      /** All give the same, as far as they have it. */
      EQUAL,
      /** Each gives in proportion to its samples. */
      PROPORTIONAL
    }
  }

  /** What balanced shares must reach where groups are small or the target is no multiple. */
  enum Force {
    NONE,
    /** All groups give the same. */
    COLUMN_BALANCING,
    /** As many in all as declared. */
    REQUIRED_TARGET_SIZE
  }

  /**
   * Random samples of all history, none twice before all were taken.
   *
   * @param warmupTriggers first triggers at which all are taken
   * @param size of the training set
   */
  record RandomNoReplacement(int warmupTriggers, SampleSize size) implements SelectionSpec {

    public RandomNoReplacement {
      requireNonNull(size, "size is null");
      Fields.atLeast("warmup-triggers", warmupTriggers, 0);
    }
  }

  /**
   * A mix of samples that were taken before and of those that were not.
   *
   * @param unusedDataRatio percentage of those that were not
   * @param limit of the training set
   * @param weights of the samples
   */
  record Freshness(int unusedDataRatio, SampleSize limit, Weights weights)
      implements SelectionSpec {

    public Freshness {
      requireNonNull(limit, "limit is null");
      requireNonNull(weights, "weights is null");
      Fields.check(
          unusedDataRatio >= 1 && unusedDataRatio <= 99,
          "unused-data-ratio",
          "from 1 to 99",
          unusedDataRatio);
    }
  }

  /**
   * A memory of all samples so far.
   *
   * @param capacity samples that it holds
   * @param classBalanced whether every class has the same room, as far as it needs it
   * @param weights of the samples
   */
  record Buffer(long capacity, boolean classBalanced, Weights weights) implements SelectionSpec {

    public Buffer {
      requireNonNull(weights, "weights is null");
      Fields.atLeast("capacity", capacity, 1);
    }

    @Override
    public boolean looksAtLabels() {
      return classBalanced;
    }
  }

  /**
   * Random samples of all history, newer ones likelier.
   *
   * @param halfLife slice time in which a sample's weight halves
   * @param samples of a training set
   */
  record RecencyDecayed(Duration halfLife, int samples) implements SelectionSpec {

    public RecencyDecayed {
      Fields.check(
          halfLife.toMillis() >= 1, "half-life", "at least 1ms", DurationText.write(halfLife));
      Fields.atLeast("samples", samples, 1);
    }
  }

  /** One policy after the other. */
  record Schedule(List<Phase> phases) implements SelectionSpec {

    public Schedule {
      phases = List.copyOf(phases);
      Fields.check(!phases.isEmpty(), "phases", "one at least", "[]");
      PhaseEnds.check(
          phases.stream().map(Phase::untilTrigger).toList(), "the until-trigger before", 0);
    }

    @Override
    public SelectionSpec at(long trigger) {
      for (Phase phase : phases) {
        if (phase.untilTrigger().isEmpty() || trigger <= phase.untilTrigger().get()) {
          return phase.selection();
        }
      }
      throw new IllegalStateException("The last phase has no end");
    }

    @Override
    public List<SelectionSpec> policies() {
      return phases.stream().map(Phase::selection).toList();
    }

    @Override
    public boolean looksAtLabels() {
      return phases.stream().anyMatch(phase -> phase.selection().looksAtLabels());
    }
  }

  /**
   * A policy of a schedule.
   *
   * @param untilTrigger last trigger at which it is used; empty: it is the last policy
   * @param selection the policy
   */
  record Phase(Optional<Long> untilTrigger, SelectionSpec selection) {

    public Phase {
      requireNonNull(untilTrigger, "untilTrigger is null");
      Fields.check(
          !(selection instanceof Schedule), "selection", "no schedule within one", "schedule");
    }
  }

  private static void checkTail(Optional<Integer> tailTriggers) {
    if (tailTriggers.isPresent() && tailTriggers.get() < 0) {
      throw new IllegalArgumentException(
          "tail-triggers must not be negative, got " + tailTriggers.get());
    }
  }
}
