package dev.penstock.core.ledger;

import dev.penstock.core.selection.groups.GroupTally;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Keep;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One pipeline's answers over the sample log: asks its policy, numbers what it says, and finds the
 * window that the selection may take samples from.
 */
public final class TriggerLedger {

  private final TriggerPolicy policy;

  private final SelectionSpec selection;

  /** The most triggers before a fired one that a window of them reaches back; empty: none does. */
  private final OptionalInt tail;

  /** Whether a window reaches back to the first trigger. */
  private final boolean all;

  private final OptionalLong last;
  private final Optional<GroupTally> groups;

  private long number;
  private long triggerNumber;
  private long seenSinceAnswer;
  private long seen;
  private long seenAtTrigger;

  /** Samples before this many are out of reach of a limit that was raised since. */
  private long reach;

  /** Where the windows of the last triggers start, oldest first, and samples seen before them. */
  private final Deque<WindowStart> starts = new ArrayDeque<>();

  private record WindowStart(long[] boundary, long seenBefore) {}

  /** A ledger at the start of the log. */
  public TriggerLedger(TriggerSpec trigger, SelectionSpec selection, TriggerContext context) {
    this.policy = TriggerPolicies.create(trigger, context);
    this.selection = selection;
    List<SelectionSpec> policies = selection.policies();
    this.tail = policies.stream().flatMap(of -> of.tailTriggers().stream()).mapToInt(n -> n).max();
    this.all = policies.stream().anyMatch(of -> of.tailTriggers().isEmpty());
    this.last = mostLastOf(selection);
    this.groups =
        GroupTally.isNeeded(selection) ? Optional.of(GroupTally.of(selection)) : Optional.empty();
  }

  /** A ledger whose policy looks at places and times only. */
  public TriggerLedger(TriggerSpec trigger, SelectionSpec selection) {
    this(trigger, selection, TriggerContext.BLIND);
  }

  /** Samples that a window must still reach when a policy keeps the last ones; else none. */
  public static OptionalLong mostLastOf(SelectionSpec selection) {
    return selection.policies().stream().flatMapToLong(policy -> lastOf(policy).stream()).max();
  }

  private static OptionalLong lastOf(SelectionSpec policy) {
    return policy instanceof SelectionSpec.NewData newData
            && newData.limit().isPresent()
            && newData.limit().get().keep() == Keep.LAST
        ? OptionalLong.of(newData.limit().get().size().samples().orElseThrow())
        : OptionalLong.empty();
  }

  /** Asks the policy about samples that follow those it has seen, and tells its answers. */
  public void advance(Run run, Consumer<LedgerEntry> answers) {
    if (starts.isEmpty() && run.size() > 0) {
      starts.add(new WindowStart(run.boundary(), 0));
    }
    Run rest = run;
    while (true) {
      Optional<Due> due = policy.due(rest);
      long samples = due.map(Due::samples).orElse(rest.size());
      policy.see(rest, samples);
      long seenNow = samples;
      Run from = rest;
      groups.ifPresent(tally -> tally.see(from, seenNow));
      seen += samples;
      seenSinceAnswer += samples;
      if (due.isEmpty()) {
        return;
      }
      rest = rest.skip(samples);
      LedgerEntry entry = entry(policy.answer(), rest);
      if (entry.answer().outcome() == Outcome.FIRED) {
        policy.triggered(entry.trains() ? entry.triggerNumber() : 0);
      }
      answers.accept(entry);
    }
  }

  private LedgerEntry entry(Answer answer, Run rest) {
    number++;
    long evidence = seenSinceAnswer;
    seenSinceAnswer = 0;
    long newSamples = seen - seenAtTrigger;
    long[] boundary = rest.boundary();
    if (answer.outcome() == Outcome.HELD) {
      return new LedgerEntry(
          number,
          triggerNumber,
          policy.type(),
          answer,
          evidence,
          newSamples,
          rest.timeBefore(),
          boundary,
          new long[0],
          0,
          Optional.empty());
    }
    triggerNumber++;
    seenAtTrigger = seen;
    SelectionSpec policyNow = selection.at(triggerNumber);
    WindowStart start = windowStart(policyNow.tailTriggers(), boundary);
    long window = seen - start.seenBefore;
    long[] windowStart = start.boundary;
    OptionalLong lastNow = lastOf(policyNow);
    long limit = lastNow.isPresent() ? Math.min(lastNow.getAsLong(), seen - reach) : window;
    if (limit < window) {
      window = limit;
      windowStart = rest.last(window).boundary();
    }
    remember(boundary);
    return new LedgerEntry(
        number,
        triggerNumber,
        policy.type(),
        answer,
        evidence,
        newSamples,
        rest.timeBefore(),
        boundary,
        windowStart,
        window,
        groups.map(tally -> tally.take(rest)));
  }

  /** Where the samples of so many triggers begin, or as near to it as is remembered. */
  private WindowStart windowStart(Optional<Integer> tailTriggers, long[] boundary) {
    if (starts.isEmpty()) {
      return new WindowStart(boundary, seen);
    }
    int back = tailTriggers.orElse(Integer.MAX_VALUE);
    Iterator<WindowStart> newestFirst = starts.descendingIterator();
    WindowStart start = newestFirst.next();
    for (int i = 0; i < back && newestFirst.hasNext(); i++) {
      start = newestFirst.next();
    }
    return start;
  }

  private void remember(long[] boundary) {
    if (tail.isPresent()) {
      starts.add(new WindowStart(boundary, seen));
      forgetStarts();
    }
  }

  /** All but the last ones, and the first if a window reaches back to it. */
  private void forgetStarts() {
    int kept = tail.orElse(0) + 1;
    if (!all) {
      while (starts.size() > kept) {
        starts.removeFirst();
      }
    } else if (starts.size() > kept + 1) {
      WindowStart first = starts.removeFirst();
      while (starts.size() > kept) {
        starts.removeFirst();
      }
      starts.addFirst(first);
    }
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(number);
    out.writeLong(triggerNumber);
    out.writeLong(seenSinceAnswer);
    out.writeLong(seen);
    out.writeLong(seenAtTrigger);
    out.writeLong(reach);
    out.writeLong(last.orElse(0));
    out.writeInt(starts.size());
    for (WindowStart start : starts) {
      out.writeLong(start.seenBefore);
      out.writeInt(start.boundary.length);
      for (long offset : start.boundary) {
        out.writeLong(offset);
      }
    }
    out.writeBoolean(groups.isPresent());
    if (groups.isPresent()) {
      groups.get().write(out);
    }
    out.writeUTF(policy.stateFormat());
    policy.write(out);
  }

  /**
   * Takes up what {@link #write} wrote. The spec may have changed since: a policy of another format
   * starts afresh at this position, a window of more triggers or a higher limit reaches back as far
   * as the old one did, groups that nobody has counted are counted from here.
   */
  public void read(DataInput in) throws IOException {
    number = in.readLong();
    triggerNumber = in.readLong();
    seenSinceAnswer = in.readLong();
    seen = in.readLong();
    seenAtTrigger = in.readLong();
    reach = in.readLong();
    long lastBefore = in.readLong();
    if (last.orElse(0) > lastBefore) {
      reach = Math.max(reach, seen - lastBefore);
    }
    starts.clear();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      long seenBefore = in.readLong();
      long[] boundary = new long[in.readInt()];
      for (int partition = 0; partition < boundary.length; partition++) {
        boundary[partition] = in.readLong();
      }
      starts.add(new WindowStart(boundary, seenBefore));
    }
    forgetStarts();
    if (in.readBoolean()) {
      groups.orElseGet(() -> GroupTally.of(selection)).read(in);
    }
    if (in.readUTF().equals(policy.stateFormat())) {
      policy.read(in);
    }
  }
}
