package dev.penstock.schemas.spec.storage;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;

/** How the weights of model versions are stored. */
public sealed interface ModelStorageSpec {

  /** Without {@code model-storage}: files that every tool can read. */
  ModelStorageSpec DEFAULT = new Full(0, /* byteShuffle= */ true);

  /** Level of zstd; 0: not compressed. */
  int zstdLevel();

  /** Whether the n-th bytes of all numbers are put together before they are compressed. */
  boolean byteShuffle();

  /** Every version by itself. */
  record Full(int zstdLevel, boolean byteShuffle) implements ModelStorageSpec {

    public Full {
      checkLevel(zstdLevel, 0);
    }
  }

  /**
   * What a version differs in from another, and now and then one by itself.
   *
   * @param operator what the difference is
   * @param base the other version
   * @param fullModelInterval of so many versions one is stored by itself
   */
  record Delta(
      Operator operator, Base base, int fullModelInterval, int zstdLevel, boolean byteShuffle)
      implements ModelStorageSpec {

    public Delta {
      requireNonNull(operator, "operator is null");
      requireNonNull(base, "base is null");
      Fields.atLeast("full-model-interval", fullModelInterval, 1);
      checkLevel(zstdLevel, 1);
    }
  }

  /** How two numbers of the same place make one that compresses well. Both are exact. */
  enum Operator {
    /** Exclusive or of their bits. */
    XOR,
    /** Difference of their bits as whole numbers: how many floats lie between them. */
    SUB
  }

  /** Which version a difference is to. */
  enum Base {
    /** The version that training started from: the smallest files. */
    PREVIOUS,
    /** The last one that is stored by itself: two files to load, however long the interval. */
    FULL
  }

  private static void checkLevel(int level, int least) {
    Fields.check(level >= least && level <= 22, "zstd-level", "in [" + least + ", 22]", level);
  }
}
