package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Which samples to train on. */
public sealed interface SelectionSpec {

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
      if (tailTriggers.isPresent() && tailTriggers.get() < 0) {
        throw new IllegalArgumentException(
            "tail-triggers must not be negative, got " + tailTriggers.get());
      }
    }
  }

  /**
   * A bound on the size of a whole training set.
   *
   * @param samples samples at most
   * @param keep which ones
   */
  record Limit(long samples, Keep keep) {

    public Limit {
      requireNonNull(keep, "keep is null");
      if (samples < 1) {
        throw new IllegalArgumentException("samples must be positive, got " + samples);
      }
    }
  }

  /** Which samples a limit keeps. */
  enum Keep {
    /** Uniformly at random, without replacement, by a seeded hash of the sample ref. */
    RANDOM,
    /** The last ones in position order. */
    LAST
  }
}
