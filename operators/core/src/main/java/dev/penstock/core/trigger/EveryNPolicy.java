package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Fires at every n-th evaluation and holds at the others: the baseline that looks as often as a
 * policy that measures, and measures nothing.
 */
public final class EveryNPolicy implements TriggerPolicy {

  private final long n;
  private final EvaluationInterval interval;

  /** Since the last one that fired. */
  private long evaluations;

  /**
   * A policy at the start of the log.
   *
   * @param n evaluations from one trigger to the next
   * @param interval samples from one evaluation to the next
   */
  public EveryNPolicy(long n, long interval) {
    this.n = n;
    this.interval = new EvaluationInterval(interval);
  }

  @Override
  public String type() {
    return n == 1 ? "always" : "every-n";
  }

  @Override
  public Optional<Due> due(Run run) {
    return interval.due(run);
  }

  @Override
  public void see(Run run, long samples) {
    interval.see(samples);
  }

  @Override
  public Answer answer() {
    interval.next();
    evaluations++;
    Measurement measurement = new Measurement("evaluations", evaluations, n);
    String reason = evaluations + " of " + n + " evaluations since the last trigger";
    if (evaluations < n) {
      return Answer.held(reason, measurement);
    }
    evaluations = 0;
    return Answer.fired(reason, measurement);
  }

  @Override
  public void triggered(long number) {
    // It counts from its own answers.
  }

  @Override
  public void write(DataOutput out) throws IOException {
    interval.write(out);
    out.writeLong(evaluations);
  }

  @Override
  public void read(DataInput in) throws IOException {
    interval.read(in);
    evaluations = in.readLong();
  }
}
