package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Closes windows of fixed length in slice time, as Modyn's TimeTrigger does (SIGMOD 2025): {@code
 * [start + i*every, start + (i+1)*every)}, of which the first also holds everything before it. A
 * window is closed when nothing before its end can come any more, so that a gap in the stream
 * closes several, each with its own answer; of a very long gap only the first {@value
 * #MAX_EMPTY_WINDOWS} are answered and the rest is skipped, or a start in 1970 would fill the
 * ledger. The window that holds the end of time is never closed: one sample that claims to be from
 * there must not make a policy answer for ever.
 */
public final class TimePolicy implements TriggerPolicy {

  static final int MAX_EMPTY_WINDOWS = 1000;

  private final long everyMillis;
  private final OptionalLong startMillis;
  private State state = new State(/* started= */ false, 0, 0, 0);

  /**
   * What the policy remembers.
   *
   * @param started whether the first window is known
   * @param end of the window that is open, exclusive, milliseconds
   * @param seen samples in it
   * @param emptyWindows closed without a sample since the last one that had any
   */
  private record State(boolean started, long end, long seen, int emptyWindows) {}

  /**
   * A policy at the start of the log.
   *
   * @param everyMillis length of a window
   * @param startMillis start of the first window; empty: slice time of the first sample
   */
  public TimePolicy(long everyMillis, OptionalLong startMillis) {
    this.everyMillis = everyMillis;
    this.startMillis = startMillis;
  }

  @Override
  public String type() {
    return "time";
  }

  @Override
  public Optional<Due> due(Run run) {
    State open = open(run);
    if (!open.started || run.frontier() < open.end || open.end == Long.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(new Due(run.countBefore(open.end), open.end));
  }

  @Override
  public void see(Run run, long samples) {
    State open = open(run);
    state = new State(open.started, open.end, open.seen + samples, open.emptyWindows);
  }

  @Override
  public Answer answer() {
    Answer answer = answer(state.end, state.seen);
    int emptyWindows = state.seen == 0 ? state.emptyWindows + 1 : 0;
    state = new State(/* started= */ true, endAfter(state.end, everyMillis), 0, emptyWindows);
    return answer;
  }

  @Override
  public void triggered(long number) {
    // Windows follow each other whatever is triggered.
  }

  /** The state with the window that is open before the samples of the run. */
  private State open(Run run) {
    if (!state.started && run.size() == 0) {
      return state;
    }
    State open =
        state.started
            ? state
            : new State(/* started= */ true, endAfter(first(run), everyMillis), 0, 0);
    return open.emptyWindows < MAX_EMPTY_WINDOWS ? open : skipped(open, run);
  }

  private long first(Run run) {
    return startMillis.orElseGet(run::firstTime);
  }

  /** The state in the last window that ends before the next sample, if that is further on. */
  private State skipped(State open, Run run) {
    long next = run.size() > 0 ? Math.min(run.firstTime(), run.frontier()) : run.frontier();
    if (next < open.end || open.seen > 0) {
      return open;
    }
    long start = lastStart(open.end, next, everyMillis);
    return new State(/* started= */ true, endAfter(start, everyMillis), 0, open.emptyWindows);
  }

  /** Start of the window that {@code time} is in, of those that start at {@code start} or later. */
  static long lastStart(long start, long time, long everyMillis) {
    // Unsigned, since times may lie further apart than a long can tell.
    return time - Long.remainderUnsigned(time - start, everyMillis);
  }

  /** End of the window that starts at {@code start}; at the end of time there is only one more. */
  static long endAfter(long start, long everyMillis) {
    return start > Long.MAX_VALUE - everyMillis ? Long.MAX_VALUE : start + everyMillis;
  }

  private Answer answer(long end, long samples) {
    String window =
        "window of " + Duration.ofMillis(everyMillis) + " until " + Instant.ofEpochMilli(end);
    return Answer.fired(
        window
            + " closed with "
            + samples
            + (samples == 0 ? " samples: nothing to train" : " samples"),
        new Measurement("windowEnd", end, end));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(state.started);
    out.writeLong(state.end);
    out.writeLong(state.seen);
    out.writeInt(state.emptyWindows);
  }

  @Override
  public void read(DataInput in) throws IOException {
    state = new State(in.readBoolean(), in.readLong(), in.readLong(), in.readInt());
  }
}
