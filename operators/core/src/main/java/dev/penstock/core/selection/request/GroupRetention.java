package dev.penstock.core.selection.request;

import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping;
import java.util.OptionalLong;

/**
 * How far back a selection needs the groups of triggers, and samples.
 *
 * @param triggers that are kept; empty: all
 * @param keepsHistory whether a later request may begin where the first did
 */
record GroupRetention(OptionalLong triggers, boolean keepsHistory) {

  static GroupRetention of(SelectionSpec selection) {
    boolean all = false;
    boolean history = selection.policies().size() > 1;
    long most = 1;
    for (SelectionSpec policy : selection.policies()) {
      history |= policy.tailTriggers().isEmpty() && !isIncremental(policy);
      if (policy.tailTriggers().isPresent()) {
        // One more, for what had been counted before the window.
        most = Math.max(most, policy.tailTriggers().get() + 2L);
      } else {
        all |=
            policy instanceof SelectionSpec.Sampled sampled
                && (sampled.grouping() instanceof Grouping.Trigger
                    || sampled.grouping() instanceof Grouping.Time);
      }
    }
    return new GroupRetention(all ? OptionalLong.empty() : OptionalLong.of(most), history);
  }

  /** Whether it looks at new samples only, beside what it has kept. */
  private static boolean isIncremental(SelectionSpec policy) {
    return policy instanceof SelectionSpec.Buffer || policy instanceof SelectionSpec.RecencyDecayed;
  }

  /** The trigger that is not needed any more once {@code trigger} is kept. */
  OptionalLong forgotten(long trigger) {
    return triggers.isPresent()
        ? OptionalLong.of(trigger - triggers.getAsLong())
        : OptionalLong.empty();
  }
}
