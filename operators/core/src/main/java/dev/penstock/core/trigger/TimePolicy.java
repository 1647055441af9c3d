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
 *
 * @param everyMillis length of a window
 * @param startMillis start of the first window; empty: slice time of the first sample
 */
record TimePolicy(long everyMillis, OptionalLong startMillis)
    implements TriggerPolicy<TimePolicy.State> {

  private static final int MAX_EMPTY_WINDOWS = 1000;

  /**
   * What the policy remembers.
   *
   * @param started whether the first window is known
   * @param end of the window that is open, exclusive, milliseconds
   * @param seen samples in it
   * @param emptyWindows closed without a sample since the last one that had any
   */
  record State(boolean started, long end, long seen, int emptyWindows) {}

  @Override
  public String type() {
    return "time";
  }

  @Override
  public State initialState() {
    return new State(/* started= */ false, 0, 0, 0);
  }

  @Override
  public Step<State> step(State initial, Run run) {
    if (!initial.started && run.size() == 0) {
      return new Step<>(initial, 0, Optional.empty());
    }
    State state = initial.started ? initial : started(run);
    if (state.emptyWindows >= MAX_EMPTY_WINDOWS) {
      state = skipped(state, run);
    }
    if (run.frontier() < state.end || state.end == Long.MAX_VALUE) {
      State next =
          new State(/* started= */ true, state.end, state.seen + run.size(), state.emptyWindows);
      return new Step<>(next, run.size(), Optional.empty());
    }
    long samples = run.countBefore(state.end);
    long inWindow = state.seen + samples;
    State next =
        new State(
            /* started= */ true,
            endAfter(state.end),
            0,
            inWindow == 0 ? state.emptyWindows + 1 : 0);
    return new Step<>(next, samples, Optional.of(answer(state.end, inWindow)));
  }

  private State started(Run run) {
    return new State(/* started= */ true, endAfter(startMillis.orElseGet(run::firstTime)), 0, 0);
  }

  /** The state in the last window that ends before the next sample, if that is further on. */
  private State skipped(State state, Run run) {
    long next = run.size() > 0 ? Math.min(run.firstTime(), run.frontier()) : run.frontier();
    if (next < state.end || state.seen > 0) {
      return state;
    }
    // Unsigned, since times may lie further apart than a long can tell.
    long start = next - Long.remainderUnsigned(next - state.end, everyMillis);
    return new State(/* started= */ true, endAfter(start), 0, state.emptyWindows);
  }

  /** End of the window that starts at {@code start}; at the end of time there is only one more. */
  private long endAfter(long start) {
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
  public void write(State state, DataOutput out) throws IOException {
    out.writeBoolean(state.started);
    out.writeLong(state.end);
    out.writeLong(state.seen);
    out.writeInt(state.emptyWindows);
  }

  @Override
  public State read(DataInput in) throws IOException {
    return new State(in.readBoolean(), in.readLong(), in.readLong(), in.readInt());
  }
}
