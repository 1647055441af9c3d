package dev.penstock.schemas.spec;

import java.util.HashSet;
import java.util.List;

/** What a sample's label is. */
public sealed interface LabelSpec {

  /**
   * One of several classes; on the wire its index in {@code names}.
   *
   * @param names names of the classes, in the order of their indexes
   */
  record Classes(List<String> names) implements LabelSpec {

    public Classes {
      names = List.copyOf(names);
      if (names.size() < 2) {
        throw new IllegalArgumentException("names must be at least 2 classes, got " + names);
      }
      if (new HashSet<>(names).size() < names.size()) {
        throw new IllegalArgumentException("names must be distinct, got " + names);
      }
    }

    /** Number of classes. */
    public int count() {
      return names.size();
    }
  }

  /** A finite number to be predicted (regression). */
  record Real() implements LabelSpec {}

  /** There is none: such samples can be watched for drift, but nothing can be trained on them. */
  record None() implements LabelSpec {}
}
