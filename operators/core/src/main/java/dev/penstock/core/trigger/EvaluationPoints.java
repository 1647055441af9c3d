package dev.penstock.core.trigger;

import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.schemas.spec.trigger.EnsembleTriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where in the sample log a trigger's next answer is due, without knowing what it will be: from the
 * spec, the samples so far and the answers read back. Who releases samples in lockstep stops there.
 *
 * <p>Samples come in position order. Slice time is told to be reached before the samples at it, so
 * that a window is closed before the first sample after it.
 */
public final class EvaluationPoints {

  /** No answer is due after however many samples, or at whatever time. */
  public static final long NEVER = Long.MAX_VALUE;

  private final Inner inner;
  private final long maxSamples;
  private long samples;
  private long limit;

  private EvaluationPoints(Inner inner, long maxSamples) {
    this.inner = inner;
    this.maxSamples = maxSamples;
    this.limit = maxSamples;
  }

  /** The points of {@code spec} at the start of the log. */
  public static EvaluationPoints of(TriggerSpec spec) {
    return spec instanceof TriggerSpec.Guarded guarded
        ? new EvaluationPoints(inner(guarded.trigger()), guarded.maxSamples().orElse(NEVER))
        : new EvaluationPoints(inner(spec), NEVER);
  }

  private static Inner inner(TriggerSpec spec) {
    if (spec instanceof TriggerSpec.DataAmount amount) {
      return new Every(amount.numSamples());
    }
    if (spec instanceof TriggerSpec.Evaluated evaluated) {
      return new Every(evaluated.evaluationInterval());
    }
    if (spec instanceof EnsembleTriggerSpec ensemble) {
      return new AnyOf(
          ensemble.subtriggers().values().stream().map(EvaluationPoints::inner).toList());
    }
    if (spec instanceof TriggerSpec.Time time) {
      return new Windows(
          time.every().toMillis(), time.startTimestamp().map(Instant::toEpochMilli).orElse(NEVER));
    }
    if (spec instanceof TriggerSpec.Never) {
      return new Every(NEVER);
    }
    if (spec instanceof TriggerSpec.Guarded member) {
      // A member's guards only hold: the limit is the ensemble's.
      return inner(member.trigger());
    }
    throw new IllegalArgumentException("No evaluation points for " + spec);
  }

  /** Nothing that is not released is before this slice time, milliseconds. */
  public void reached(long time) {
    inner.reached(time);
  }

  /** The next sample is released. */
  public void sample(long time) {
    samples++;
    inner.sample(time);
  }

  /** Whether an answer is due about the samples released so far and the slice time reached. */
  public boolean isDue() {
    return inner.isDue() || samples >= limit;
  }

  /** How many samples stand before the due answer. */
  public long position() {
    return inner.isDue() ? inner.position(samples) : samples;
  }

  /** The due answer was given. Another one may be due at the same position. */
  public void answered(Outcome outcome) {
    long position = position();
    if (inner.isDue()) {
      inner.answered(samples);
    }
    if (outcome == Outcome.FIRED) {
      limit = position > NEVER - maxSamples ? NEVER : position + maxSamples;
    }
  }

  /** After how many samples since the start an answer is due at the latest; {@link #NEVER}. */
  public long nextSamples() {
    return Math.min(limit, inner.nextSamples());
  }

  /** At which slice time an answer is due at the latest, milliseconds; {@link #NEVER}. */
  public long nextTime() {
    return inner.nextTime();
  }

  /** The points of a trigger without limits. */
  private interface Inner {

    void reached(long time);

    void sample(long time);

    boolean isDue();

    /** How many of these samples stand before the due answer. */
    default long position(long samples) {
      return samples;
    }

    /** Slice time that tells of the due answer; Long.MIN_VALUE: samples do, as {@link Due#time}. */
    default long dueTime(long samples) {
      return Long.MIN_VALUE;
    }

    /** The due answer about the first of these samples was given. */
    void answered(long samples);

    long nextSamples();

    long nextTime();
  }

  /** After every so many samples. */
  private static final class Every implements Inner {

    private final long interval;
    private long next;
    private long samples;

    private Every(long interval) {
      this.interval = interval;
      this.next = interval;
    }

    @Override
    public void reached(long time) {
      // Only samples count.
    }

    @Override
    public void sample(long time) {
      samples++;
    }

    @Override
    public boolean isDue() {
      return samples >= next;
    }

    @Override
    public void answered(long samples) {
      next = next > NEVER - interval ? NEVER : next + interval;
    }

    @Override
    public long nextSamples() {
      return next;
    }

    @Override
    public long nextTime() {
      return NEVER;
    }
  }

  /** Wherever an answer of a member is due; those due together are given together. */
  private static final class AnyOf implements Inner {

    private final List<Inner> members;

    private AnyOf(List<Inner> members) {
      this.members = members;
    }

    @Override
    public void reached(long time) {
      members.forEach(member -> member.reached(time));
    }

    @Override
    public void sample(long time) {
      members.forEach(member -> member.sample(time));
    }

    @Override
    public boolean isDue() {
      return members.stream().anyMatch(Inner::isDue);
    }

    @Override
    public long position(long samples) {
      return next(samples).map(Due::samples).orElse(samples);
    }

    @Override
    public long dueTime(long samples) {
      return next(samples).map(Due::time).orElse(Long.MIN_VALUE);
    }

    /** As {@link EnsemblePolicy} orders its members. */
    private Optional<Due> next(long samples) {
      return members.stream()
          .filter(Inner::isDue)
          .map(member -> due(member, samples))
          .min(Comparator.naturalOrder());
    }

    private static Due due(Inner member, long samples) {
      return new Due(member.position(samples), member.dueTime(samples));
    }

    @Override
    public void answered(long samples) {
      Optional<Due> next = next(samples);
      members.stream()
          .filter(Inner::isDue)
          .filter(member -> next.filter(due(member, samples)::equals).isPresent())
          .forEach(member -> member.answered(samples));
    }

    @Override
    public long nextSamples() {
      return members.stream().mapToLong(Inner::nextSamples).min().orElse(NEVER);
    }

    @Override
    public long nextTime() {
      return members.stream().mapToLong(Inner::nextTime).min().orElse(NEVER);
    }
  }

  /** At the end of every window of {@link TimePolicy}, which may be empty. */
  private static final class Windows implements Inner {

    private final long every;

    /** Of the first window; NEVER: the first sample tells. */
    private final long start;

    /** Of the open window; NEVER: there is no window yet, or it is the last one. */
    private long end = NEVER;

    /** What is before it has been in windows that are closed. */
    private long closed = Long.MIN_VALUE;

    private boolean started;
    private long reached = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
    private int emptyWindows;

    private Windows(long every, long start) {
      this.every = every;
      this.start = start;
    }

    @Override
    public void reached(long time) {
      reached = Math.max(reached, time);
      skip();
    }

    @Override
    public void sample(long time) {
      if (!started) {
        started = true;
        end = endAfter(start == NEVER ? time : start);
      }
      newest = time;
      reached(time);
    }

    @Override
    public boolean isDue() {
      return end <= reached && end != NEVER;
    }

    @Override
    public void answered(long samples) {
      emptyWindows = hasSample() ? 0 : emptyWindows + 1;
      closed = end;
      end = endAfter(end);
      skip();
    }

    @Override
    public long dueTime(long samples) {
      return end;
    }

    /** A window that ends before the first sample is closed by it. */
    @Override
    public long position(long samples) {
      return newest >= end ? 0 : samples;
    }

    /** Whether the open window has a sample: the first sample may be after it. */
    private boolean hasSample() {
      return newest >= closed && newest < end;
    }

    private void skip() {
      if (emptyWindows >= TimePolicy.MAX_EMPTY_WINDOWS && isDue() && !hasSample()) {
        closed = TimePolicy.lastStart(end, reached, every);
        end = endAfter(closed);
      }
    }

    private long endAfter(long time) {
      return TimePolicy.endAfter(time, every);
    }

    @Override
    public long nextSamples() {
      return started ? NEVER : 1;
    }

    @Override
    public long nextTime() {
      return end;
    }
  }
}
