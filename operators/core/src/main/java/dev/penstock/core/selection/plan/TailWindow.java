package dev.penstock.core.selection.plan;

import dev.penstock.core.stats.Require;
import java.util.OptionalInt;

/**
 * The triggers whose samples a selection sees.
 *
 * @param tail triggers before the one that selects; 0: only its own samples; empty: all
 */
public record TailWindow(OptionalInt tail) {

  public TailWindow {
    tail.ifPresent(value -> Require.atLeast("tail-triggers", value, 0));
  }

  /** Number of the first trigger in sight of a trigger; both count from 0. */
  public long first(long trigger) {
    return tail.isPresent() ? Math.max(trigger - tail.getAsInt(), 0) : 0;
  }
}
