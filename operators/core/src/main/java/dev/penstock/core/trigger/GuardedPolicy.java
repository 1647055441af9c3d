package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.schemas.spec.TriggerSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A policy within limits. What the policy fires too soon, by samples or by slice time, is held;
 * when nothing has fired for too many samples, the limit fires. The policy is told of what was
 * triggered, not of what it fired in vain: one that watches for a change goes on seeing it.
 */
final class GuardedPolicy implements TriggerPolicy {

  private final TriggerPolicy policy;
  private final TriggerSpec.Guarded guards;

  /** Since the last trigger. */
  private long samples;

  /** Slice time of the last sample before the last trigger; Long.MIN_VALUE: there was none. */
  private long firedAt = Long.MIN_VALUE;

  /** Slice time of the last sample seen. */
  private long time = Long.MIN_VALUE;

  /** The policy's own answer is due, not the limit alone. */
  private boolean policyIsDue;

  GuardedPolicy(TriggerPolicy policy, TriggerSpec.Guarded guards) {
    this.policy = policy;
    this.guards = guards;
  }

  @Override
  public String type() {
    return policy.type();
  }

  @Override
  public OptionalLong due(Run run) {
    long room = room();
    if (run.size() < room) {
      return policy.due(run);
    }
    // Up to the limit nothing may depend on what comes after it: it may not have come.
    OptionalLong due = policy.due(run.first(room));
    return due.isPresent() ? due : OptionalLong.of(room);
  }

  private long room() {
    return Math.max(0, guards.maxSamples().orElse(Long.MAX_VALUE) - samples);
  }

  @Override
  public void see(Run run, long count) {
    long room = room();
    Run within = run.size() < room ? run : run.first(room);
    OptionalLong due = policy.due(within);
    policyIsDue = due.isPresent() && due.getAsLong() == count;
    policy.see(within, count);
    samples += count;
    time = Math.max(time, run.skip(count).timeBefore());
  }

  @Override
  public Answer answer() {
    if (policyIsDue) {
      return limited(policy.answer());
    }
    return Answer.fired(
        samples + " samples since the last trigger, which are the most that are declared",
        new Measurement("samples", samples, guards.maxSamples().orElse(samples)));
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
    return answer;
  }

  private static Answer held(Answer fired, String limit, Measurement measurement) {
    List<Measurement> measurements = new ArrayList<>(fired.measurements());
    measurements.add(measurement);
    return fired.with(Outcome.HELD, limit + "; without it: " + fired.reason(), measurements);
  }

  @Override
  public void triggered() {
    samples = 0;
    firedAt = time;
    policy.triggered();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(firedAt);
    out.writeLong(time);
    policy.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    samples = in.readLong();
    firedAt = in.readLong();
    time = in.readLong();
    policy.read(in);
  }
}
