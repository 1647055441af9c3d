package dev.penstock.schemas.spec.dataset;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How labels were recorded, where a dataset's classes are made of them. */
public sealed interface RecordedLabel {

  /** What the label is in the sample log. */
  LabelSpec label();

  /**
   * A finite number; its class is how many thresholds it has reached.
   *
   * @param thresholds ascending, one less than there are classes
   */
  record Real(List<Double> thresholds) implements RecordedLabel {

    public Real {
      thresholds = List.copyOf(thresholds);
      boolean ascending = !thresholds.isEmpty() && Double.isFinite(thresholds.get(0));
      for (int i = 1; i < thresholds.size(); i++) {
        ascending &= thresholds.get(i - 1) < thresholds.get(i);
        ascending &= Double.isFinite(thresholds.get(i));
      }
      Fields.check(ascending, "thresholds", "ascending finite numbers, such as [30]", thresholds);
    }

    @Override
    public LabelSpec label() {
      return new LabelSpec.Real();
    }
  }

  /**
   * Another class; those that become none are refused.
   *
   * @param names names of the recorded classes, in the order of their indexes
   * @param to which class a recorded one becomes, by name
   * @param other what those become that are not in {@code to}; empty: none
   */
  record Classes(List<String> names, Map<String, String> to, Optional<String> other)
      implements RecordedLabel {

    public Classes {
      names = new LabelSpec.Classes(names).names();
      // The order is the file's, so that what is read is written back as it was.
      to = Collections.unmodifiableMap(new LinkedHashMap<>(to));
      requireNonNull(other, "other is null");
      for (String name : to.keySet()) {
        Fields.check(names.contains(name), "to", "of recorded classes, " + names, name);
      }
    }

    @Override
    public LabelSpec label() {
      return new LabelSpec.Classes(names);
    }
  }
}
