package dev.penstock.core.selection.request;

import dev.penstock.core.selection.groups.TriggerGroups;
import java.util.Optional;

/** What a planner keeps from trigger to trigger. */
public interface PlannerMemory {

  /** The groups of a trigger that was kept. */
  Optional<TriggerGroups> groups(long trigger);

  /** Keeps the groups of a trigger. */
  void keep(long trigger, TriggerGroups groups);

  /** Forgets the groups of a trigger, if they were kept. */
  void forget(long trigger);

  /** How many samples count as taken, by partition; empty: none were. */
  Optional<long[]> taken(String memory);

  /** Keeps how many samples count as taken. */
  void keepTaken(String memory, long[] samples);
}
