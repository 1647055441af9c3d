package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec.Guarded.InFlight;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy within limits. What the policy fires too soon, by samples or by slice time, is held;
 * when nothing has fired for too many samples, the limit fires; and while the training of the last
 * trigger goes on, all may be held. The policy is told of what was triggered, not of what it fired
 * in vain: one that watches for a change goes on seeing it.
 */
public final class GuardedPolicy implements TriggerPolicy {

  private final TriggerPolicy policy;
  private final TriggerSpec.Guarded guards;
  private final int pipeline;

  /** Since the last trigger. */
  private long samples;

  /** Slice time of the last sample before the last trigger; Long.MIN_VALUE: there was none. */
  private long firedAt = Long.MIN_VALUE;

  /** Slice time of the last sample seen. */
  private long time = Long.MIN_VALUE;

  /** Number of the last trigger that trains; 0: none. */
  private long lastTrigger;

  /** Number of the last trigger whose training had ended. */
  private long settled;

  /** Fires when the training in flight has ended. */
  private boolean waiting;

  /** What is due. */
  private enum What {
    POLICY,
    LIMIT,
    WAITING
  }

  private What due = What.POLICY;

  /**
   * Guards a policy.
   *
   * @param pipeline index of its feedback in what is observed of a sample
   */
  public GuardedPolicy(TriggerPolicy policy, TriggerSpec.Guarded guards, int pipeline) {
    this.policy = policy;
    this.guards = guards;
    this.pipeline = pipeline;
  }

  @Override
  public String type() {
    return policy.type();
  }

  @Override
  public String stateFormat() {
    return policy.stateFormat();
  }

  @Override
  public Optional<Due> due(Run run) {
    return next(run).map(Next::due);
  }

  /** What is due next, and when. */
  private record Next(What what, Due due) {}

  private Optional<Next> next(Run run) {
    Optional<Next> next = unlimited(run);
    Optional<Due> landed = waiting ? landed(run) : Optional.empty();
    boolean landsFirst =
        landed.isPresent() && (next.isEmpty() || landed.get().compareTo(next.get().due) < 0);
    return landsFirst ? landed.map(due -> new Next(What.WAITING, due)) : next;
  }

  private Optional<Next> unlimited(Run run) {
    long room = room();
    // Up to the limit nothing may depend on what comes after it: it may not have come.
    Optional<Due> own = policy.due(run.size() < room ? run : run.first(room));
    if (own.isPresent()) {
      return own.map(due -> new Next(What.POLICY, due));
    }
    return run.size() < room
        ? Optional.empty()
        : Optional.of(new Next(What.LIMIT, Due.after(room)));
  }

  /** Samples before the limit; while a trigger waits it has been reached, or need not be. */
  private long room() {
    if (waiting || guards.maxSamples().isEmpty()) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, guards.maxSamples().get() - samples);
  }

  /** Right before the first sample that came after the end of the training in flight. */
  private Optional<Due> landed(Run run) {
    if (!inFlight()) {
      return Optional.of(Due.after(0));
    }
    Landing landing = new Landing();
    run.forEach(
        (at, partition, offset, observation) ->
            landing.see(
                at,
                observation != null && observation.feedback(pipeline).settled() >= lastTrigger));
    return Optional.ofNullable(landing.due);
  }

  /** Counts samples before the first that has landed. */
  private static final class Landing {

    private long before;
    private @Nullable Due due;

    void see(long at, boolean landed) {
      if (due == null && landed) {
        due = new Due(before, at);
      }
      before++;
    }
  }

  private boolean inFlight() {
    return guards.inFlight() != InFlight.QUEUE && lastTrigger > settled;
  }

  @Override
  public void see(Run run, long count) {
    Optional<Next> next = next(run);
    due = next.filter(soon -> soon.due.samples() == count).map(Next::what).orElse(What.POLICY);
    long room = room();
    policy.see(run.size() < room ? run : run.first(room), count);
    samples += count;
    time = Math.max(time, run.skip(count).timeBefore());
    if (guards.inFlight() != InFlight.QUEUE) {
      run.first(count)
          .forEach(
              (at, partition, offset, observation) -> {
                if (observation != null) {
                  settled = Math.max(settled, observation.feedback(pipeline).settled());
                }
              });
    }
  }

  @Override
  public Answer answer() {
    return switch (due) {
      case POLICY -> {
        Answer own = policy.answer();
        Answer limited = limited(own);
        // The limit is not asked again at the same position.
        yield limited.outcome() == Outcome.HELD && room() == 0 ? limit(own) : limited;
      }
      case LIMIT -> limit(null);
      case WAITING ->
          Answer.fired(
              "the training of trigger " + lastTrigger + " has ended, for which this one waited",
              new Measurement("samples", samples, 0));
    };
  }

  private Answer limit(@Nullable Answer own) {
    Measurement measurement =
        new Measurement("samples", samples, guards.maxSamples().orElse(samples));
    String reason =
        samples + " samples since the last trigger, which are the most that are declared";
    if (inFlight()) {
      waiting = true;
      return Answer.held(reason + "; " + inFlightReason(), measurement);
    }
    List<Measurement> measurements =
        own == null ? new ArrayList<>() : new ArrayList<>(own.measurements());
    measurements.add(measurement);
    return Answer.of(
        /* fires= */ true,
        reason,
        measurements,
        own == null ? null : own.modelVersion().orElse(null));
  }

  private String inFlightReason() {
    return "the training of trigger "
        + lastTrigger
        + " has not ended, "
        + (waiting ? "this one waits for it" : "these samples are of the next one");
  }

  private Answer limited(Answer answer) {
    if (answer.outcome() == Outcome.HELD) {
      return answer;
    }
    Optional<Duration> coolDown = guards.coolDown();
    if (coolDown.isPresent() && firedAt != Long.MIN_VALUE) {
      long passed = time - firedAt;
      long declared = coolDown.get().toMillis();
      if (passed < declared) {
        return held(
            answer,
            Duration.ofMillis(passed) + " since the last trigger, cool-down " + coolDown.get(),
            new Measurement("coolDownMillis", passed, declared));
      }
    }
    Optional<Long> min = guards.minSamples();
    if (min.isPresent() && samples < min.get()) {
      return held(
          answer,
          samples + " samples since the last trigger, at least " + min.get() + " declared",
          new Measurement("samples", samples, min.get()));
    }
    if (inFlight()) {
      waiting |= guards.inFlight() == InFlight.WAIT;
      return held(
          answer, inFlightReason(), new Measurement("settledTrigger", settled, lastTrigger));
    }
    return answer;
  }

  private static Answer held(Answer fired, String limit, Measurement measurement) {
    List<Measurement> measurements = new ArrayList<>(fired.measurements());
    measurements.add(measurement);
    return fired.with(Outcome.HELD, limit + "; without it: " + fired.reason(), measurements);
  }

  @Override
  public void triggered(long number) {
    samples = 0;
    firedAt = time;
    waiting = false;
    if (number > 0) {
      lastTrigger = number;
    }
    policy.triggered(number);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(firedAt);
    out.writeLong(time);
    out.writeLong(lastTrigger);
    out.writeLong(settled);
    out.writeBoolean(waiting);
    policy.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    samples = in.readLong();
    firedAt = in.readLong();
    time = in.readLong();
    lastTrigger = in.readLong();
    settled = in.readLong();
    waiting = in.readBoolean();
    policy.read(in);
  }
}
