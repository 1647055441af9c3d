package dev.penstock.core.selection.request;

import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.core.selection.groups.TriggerGroups.Span;
import dev.penstock.core.selection.plan.TailWindow;
import dev.penstock.core.selection.request.SelectionRequest.GroupDraw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The samples in sight of a trigger and their groups, as far back as they were counted. */
final class Window {

  private final TriggerGroups now;
  private final List<TriggerGroups> before;
  private final boolean fromOrigin;

  /**
   * A window.
   *
   * @param before triggers in sight before this one, oldest first, then this one
   * @param fromOrigin whether it reaches back to where counting began
   */
  private Window(List<TriggerGroups> before, TriggerGroups now, boolean fromOrigin) {
    this.before = before;
    this.now = now;
    this.fromOrigin = fromOrigin;
  }

  /** All samples that were counted. */
  static Window all(TriggerGroups now) {
    return new Window(List.of(), now, /* fromOrigin= */ true);
  }

  /**
   * The samples of the last triggers.
   *
   * @param tail triggers before this one; empty: all
   */
  static Window of(TriggerGroups now, long trigger, Optional<Integer> tail, PlannerMemory memory) {
    List<TriggerGroups> triggers = new ArrayList<>();
    triggers.add(now);
    TailWindow sight = new TailWindow(tail.stream().mapToInt(before -> before).findFirst());
    long first = sight.first(trigger);
    long at = trigger - 1;
    for (; at >= first; at--) {
      Optional<TriggerGroups> groups = sameCount(memory.groups(at), now);
      if (groups.isEmpty()) {
        return new Window(triggers, now, /* fromOrigin= */ true);
      }
      triggers.add(0, groups.get());
    }
    Optional<TriggerGroups> last = sameCount(memory.groups(at), now);
    last.ifPresent(groups -> triggers.add(0, groups));
    return new Window(triggers, now, last.isEmpty());
  }

  /** A selection that was changed to another and back has been counted twice. */
  private static Optional<TriggerGroups> sameCount(
      Optional<TriggerGroups> groups, TriggerGroups now) {
    return groups.filter(counted -> Arrays.equals(counted.origin(), now.origin()));
  }

  long[] start() {
    return fromOrigin ? now.origin() : before.get(0).end();
  }

  long[] end() {
    return now.end();
  }

  /** Samples of each class. */
  long[] labels() {
    long[] labels = now.labels().clone();
    if (!fromOrigin) {
      long[] base = before.get(0).labels();
      for (int label = 0; label < base.length; label++) {
        labels[label] -= base[label];
      }
    }
    return labels;
  }

  /** Samples of each trigger, those of none left out. */
  List<GroupDraw> triggers() {
    List<GroupDraw> groups = new ArrayList<>();
    long[] from = start();
    long counted = fromOrigin ? 0 : before.get(0).total();
    for (TriggerGroups trigger : inSight()) {
      long size = trigger.total() - counted;
      if (size > 0) {
        groups.add(GroupDraw.of(from, trigger.end(), Draw.ANY, size, 0));
      }
      counted = trigger.total();
      from = trigger.end();
    }
    return groups;
  }

  /** Samples of each span of a width; what triggers have cut is joined. */
  List<GroupDraw> spans(long width) {
    List<GroupDraw> groups = new ArrayList<>();
    long[] from = start();
    long number = 0;
    for (TriggerGroups trigger : inSight()) {
      for (Span span : trigger.spans()) {
        if (span.width() != width) {
          continue;
        }
        GroupDraw last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
        if (last != null && span.number() == number) {
          groups.set(
              groups.size() - 1,
              GroupDraw.of(last.from(), span.end(), Draw.ANY, last.size() + span.samples(), 0));
        } else {
          groups.add(GroupDraw.of(from, span.end(), Draw.ANY, span.samples(), 0));
        }
        number = span.number();
        from = span.end();
      }
    }
    return groups;
  }

  private List<TriggerGroups> inSight() {
    return fromOrigin ? before : before.subList(1, before.size());
  }
}
