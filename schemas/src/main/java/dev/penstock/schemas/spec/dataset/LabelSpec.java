package dev.penstock.schemas.spec.dataset;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What a sample's label is. */
public sealed interface LabelSpec {

  /** What the label is in the sample log, where it is not the same. */
  default LabelSpec recorded() {
    return this;
  }

  /**
   * One of several classes; on the wire its index in {@code names}, or what it is made of.
   *
   * @param names names of the classes, in the order of their indexes
   * @param from what is recorded in its place; empty: the class itself
   */
  record Classes(List<String> names, Optional<RecordedLabel> from) implements LabelSpec {

    public Classes {
      names = List.copyOf(names);
      requireNonNull(from, "from is null");
      if (names.size() < 2) {
        throw new IllegalArgumentException("names must be at least 2 classes, got " + names);
      }
      if (new HashSet<>(names).size() < names.size()) {
        throw new IllegalArgumentException("names must be distinct, got " + names);
      }
      if (from.isPresent()) {
        checkReached(names, from.get());
      }
    }

    /** Classes that are recorded as they are. */
    public Classes(List<String> names) {
      this(names, Optional.empty());
    }

    private static void checkReached(List<String> names, RecordedLabel from) {
      if (from instanceof RecordedLabel.Real real) {
        int count = real.thresholds().size() + 1;
        Fields.check(
            names.size() == count, "names", count + ", one more than from.thresholds", names);
      }
      if (from instanceof RecordedLabel.Classes classes) {
        HashSet<String> reached = new HashSet<>(classes.to().values());
        classes.other().ifPresent(reached::add);
        Fields.check(
            reached.equals(new HashSet<>(names)),
            "names",
            "what from.to and from.other lead to, which is " + reached.stream().sorted().toList(),
            names);
      }
    }

    @Override
    public LabelSpec recorded() {
      return from.map(RecordedLabel::label).orElse(this);
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
