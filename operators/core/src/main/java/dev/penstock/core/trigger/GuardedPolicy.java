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

/**
 * A policy within limits. What the policy fires too soon, by samples or by slice time, is held;
 * when it has not fired for too many samples, the limit fires. The policy itself goes on as if
 * there were no limits.
 *
 * @param policy that is limited
 * @param guards limits
 * @param <S> the policy's state
 */
record GuardedPolicy<S>(TriggerPolicy<S> policy, TriggerSpec.Guarded guards)
    implements TriggerPolicy<GuardedPolicy.State<S>> {

  /**
   * What is remembered.
   *
   * @param inner the policy's state
   * @param samples since the last trigger
   * @param firedAt slice time of the last sample before it; Long.MIN_VALUE: there was none
   */
  record State<S>(S inner, long samples, long firedAt) {}

  @Override
  public String type() {
    return policy.type();
  }

  @Override
  public State<S> initialState() {
    return new State<>(policy.initialState(), 0, Long.MIN_VALUE);
  }

  @Override
  public Step<State<S>> step(State<S> state, Run run) {
    long room = Math.max(0, guards.maxSamples().orElse(Long.MAX_VALUE) - state.samples);
    // Up to the limit nothing may depend on what has come after it: it may not have come.
    Step<S> step = policy.step(state.inner, run.size() < room ? run : run.first(room));
    long samples = state.samples + step.samples();
    if (step.answer().isPresent()) {
      long time = run.skip(step.samples()).timeBefore();
      Answer answer = limited(step.answer().get(), state, samples, time);
      State<S> next =
          answer.outcome() == Outcome.FIRED
              ? new State<>(step.state(), 0, time)
              : new State<>(step.state(), samples, state.firedAt);
      return new Step<>(next, step.samples(), Optional.of(answer));
    }
    if (run.size() < room) {
      return new Step<>(
          new State<>(step.state(), samples, state.firedAt), step.samples(), Optional.empty());
    }
    Answer limit =
        Answer.fired(
            samples + " samples since the last trigger, which are the most that are declared",
            new Measurement("samples", samples, guards.maxSamples().orElse(samples)));
    return new Step<>(
        new State<>(step.state(), 0, run.skip(room).timeBefore()), room, Optional.of(limit));
  }

  private Answer limited(Answer answer, State<S> state, long samples, long time) {
    if (answer.outcome() == Outcome.HELD) {
      return answer;
    }
    Optional<Duration> coolDown = guards.coolDown();
    if (coolDown.isPresent() && state.firedAt != Long.MIN_VALUE) {
      long passed = time - state.firedAt;
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
    return new Answer(Outcome.HELD, limit + "; without it: " + fired.reason(), measurements);
  }

  @Override
  public void write(State<S> state, DataOutput out) throws IOException {
    out.writeLong(state.samples);
    out.writeLong(state.firedAt);
    policy.write(state.inner, out);
  }

  @Override
  public State<S> read(DataInput in) throws IOException {
    long samples = in.readLong();
    long firedAt = in.readLong();
    return new State<>(policy.read(in), samples, firedAt);
  }
}
