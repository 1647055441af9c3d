package dev.penstock.core.ledger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.schemas.spec.SelectionSpec;
import dev.penstock.schemas.spec.SelectionSpec.Keep;
import dev.penstock.schemas.spec.TriggerSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One pipeline's answers over the sample log: asks its policy, numbers what it says, and finds the
 * window that the selection may take samples from.
 */
public final class TriggerLedger {

  private final TriggerPolicy policy;

  /** Triggers before a fired one whose samples are selected too; empty: all. */
  private final Optional<Integer> tailTriggers;

  private final OptionalLong last;

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
    if (!(selection instanceof SelectionSpec.NewData newData)) {
      throw new IllegalArgumentException("No window for selection " + selection);
    }
    this.tailTriggers = newData.tailTriggers();
    this.last = lastOf(selection);
  }

  /** A ledger whose policy looks at places and times only. */
  public TriggerLedger(TriggerSpec trigger, SelectionSpec selection) {
    this(trigger, selection, TriggerContext.BLIND);
  }

  /** Samples that a window must still reach when its selection keeps the last ones; else none. */
  public static OptionalLong lastOf(SelectionSpec selection) {
    if (selection instanceof SelectionSpec.NewData newData
        && newData.limit().isPresent()
        && newData.limit().get().keep() == Keep.LAST) {
      return OptionalLong.of(newData.limit().get().samples());
    }
    return OptionalLong.empty();
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
          0);
    }
    triggerNumber++;
    seenAtTrigger = seen;
    WindowStart start = starts.isEmpty() ? new WindowStart(boundary, seen) : starts.getFirst();
    long window = seen - start.seenBefore;
    long[] windowStart = start.boundary;
    long limit = last.isPresent() ? Math.min(last.getAsLong(), seen - reach) : window;
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
        window);
  }

  private void remember(long[] boundary) {
    if (tailTriggers.isPresent()) {
      starts.add(new WindowStart(boundary, seen));
      forgetStarts();
    }
  }

  private void forgetStarts() {
    while (tailTriggers.isPresent() && starts.size() > tailTriggers.get() + 1) {
      starts.removeFirst();
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
    out.writeUTF(policy.stateFormat());
    policy.write(out);
  }

  /**
   * Takes up what {@link #write} wrote. The spec may have changed since: a policy of another format
   * starts afresh at this position, a window of more triggers or a higher limit reaches back as far
   * as the old one did.
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
    if (in.readUTF().equals(policy.stateFormat())) {
      policy.read(in);
    }
  }
}
