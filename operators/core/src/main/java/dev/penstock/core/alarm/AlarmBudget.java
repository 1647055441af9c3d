package dev.penstock.core.alarm;

import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.stats.LastValues;
import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Fires beyond a threshold that it learns from past scores, such that without drift no more alarms
 * are expected in a period of slice time than declared.
 *
 * <p>A check may be a false alarm with probability {@code q = budget * spacing / period}, spacing
 * the mean time between checks; the threshold is what the next of the last 2048 scores' law exceeds
 * with a probability of {@code q} at most ({@link UpperTail}). With fewer than 20 scores, or before
 * time has passed, there is no threshold and nothing fires.
 *
 * <p>That law is not the next score's where an alarm changes it: the reference drawn then holds the
 * samples that raised the alarm, lies off, and raises the next one sooner. So the level follows
 * what comes of it, as of adaptive conformal inference (Gibbs and Candès, Adaptive conformal
 * inference under distribution shift, NeurIPS 2021), in steps: an alarm is covered when {@code
 * period / budget} has passed for it, one after the other, and each that is not covered halves the
 * level, three of them at most. If scores exceed the threshold {@code m} times as often as they
 * should, alarms within the budget are the balance point for {@code m} up to 8; no alarm that was
 * due is made up for, so that quiet times do not pay for bursts. A drift that was found counts too;
 * that the level is {@code q / 8} at least keeps the next one in sight.
 *
 * <p>Scores in a row depend on each other, as where windows overlap, and exceed a threshold in
 * runs. A run is one alarm: it fires at its first score, ends after three scores in a row within
 * the threshold, and enters the memory once, with its worst score (declustering; Davison and Smith,
 * Models for exceedances over high thresholds, Journal of the Royal Statistical Society B 52,
 * 1990). A run that lasts longer than {@code period / budget}, the time in which one alarm is due
 * anyway, fires again. A remembered score counts at most with twice the threshold's distance from
 * the median, so that a drift that was found neither hides the next one nor is forgotten.
 *
 * <p>What is promised is an expectation, over streams, and it assumes that scores without drift
 * keep their law while they are remembered; scores of a slow drift are learned as normal. Levels
 * far below one over the number of scores rest on the shape of the tail.
 *
 * <p>{@code O(n)} a score and {@code 8 n} bytes of state, n the scores remembered, 2048 at most.
 */
public final class AlarmBudget implements Criterion {

  /** Enough for one alarm in as many checks to be no extrapolation. */
  private static final int MEMORY = 2048;

  /** Scores within the threshold that end a run. */
  private static final int CALM = 3;

  /** Spacings that the mean looks back on. */
  private static final int SPACINGS = 1000;

  /** Alarms whose times are known. */
  private static final int ALARMS = 256;

  /** Alarms not covered yet that lower the level; more of them do not. */
  private static final double LARGEST_DEBT = 3;

  /** Above it a threshold is no tail any more. */
  private static final double LARGEST_LEVEL = 0.5;

  private final Settings settings;

  /** Larger is worse. */
  private final RankedMemory memory = new RankedMemory(MEMORY);

  private final LastValues alarmTimes = new LastValues(ALARMS);
  private long checks;
  private long lastTime;
  private double spacing;

  /** The worst score of the run; it goes on while calm is less than {@link #CALM}. */
  private double worst = Double.NEGATIVE_INFINITY;

  private int calm = CALM;

  /**
   * The budget.
   *
   * @param alarms in a period, at least 1
   * @param periodMillis of slice time, at least 1
   * @param direction which scores are bad
   */
  public record Settings(long alarms, long periodMillis, Direction direction) {

    public Settings {
      Require.atLeast("alarms", alarms, 1);
      Require.atLeast("period", periodMillis, 1);
    }

    /** The time that covers an alarm. */
    private double millisEach() {
      return periodMillis / (double) alarms;
    }
  }

  public AlarmBudget(Settings settings) {
    this.settings = settings;
  }

  /**
   * Not without a time.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Decision judge(double score) {
    throw new UnsupportedOperationException("A budget of alarms needs the slice time of a score");
  }

  @Override
  public Decision judge(double score, long sliceTimeMillis) {
    Require.finite("score", score);
    if (checks > 0) {
      double passed = Math.max(sliceTimeMillis - lastTime, 0);
      spacing += (passed - spacing) / Math.min(checks, SPACINGS);
    }
    checks++;
    lastTime = checks == 1 ? sliceTimeMillis : Math.max(lastTime, sliceTimeMillis);
    OptionalDouble threshold = threshold();
    return new Decision(score, threshold, fires(signed(score), threshold));
  }

  private boolean fires(double score, OptionalDouble threshold) {
    if (threshold.isEmpty()) {
      memory.add(score);
      return false;
    }
    double limit = signed(threshold.getAsDouble());
    if (score > limit) {
      boolean isDue = lastTime - lastAlarm() >= settings.millisEach();
      boolean fires = calm == CALM || isDue;
      if (fires) {
        endRun(limit);
        alarmTimes.add((double) lastTime);
      }
      worst = Math.max(worst, score);
      calm = 0;
      return fires;
    }
    memory.add(score);
    if (calm < CALM) {
      calm++;
      if (calm == CALM) {
        endRun(limit);
      }
    }
    return false;
  }

  private void endRun(double limit) {
    if (worst > Double.NEGATIVE_INFINITY) {
      double median = memory.atRank(memory.size() / 2);
      memory.add(Math.min(worst, limit + Math.max(limit - median, 0)));
      worst = Double.NEGATIVE_INFINITY;
    }
  }

  private double lastAlarm() {
    double[] times = alarmTimes.toArray();
    return times.length == 0 ? Double.NEGATIVE_INFINITY : times[times.length - 1];
  }

  /** With which the next score is compared, in its unit; empty: there is none yet. */
  public OptionalDouble threshold() {
    double level = level();
    return memory.size() < UpperTail.LEAST_VALUES || level == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(signed(UpperTail.threshold(memory, level)));
  }

  /** The probability with which a check may be a false alarm; 0: no time has passed yet. */
  public double level() {
    double allowed = Math.min(spacing / settings.millisEach(), LARGEST_LEVEL);
    return allowed * Math.pow(2, -Math.min(debt(), LARGEST_DEBT));
  }

  /** Alarms that are not covered yet: one more at each, one less in the time that covers it. */
  private double debt() {
    double debt = 0;
    double since = Double.NEGATIVE_INFINITY;
    for (double time : alarmTimes.toArray()) {
      debt = left(debt, time - since) + 1;
      since = time;
    }
    return left(debt, lastTime - since);
  }

  private double left(double debt, double millis) {
    return Math.max(debt - millis / settings.millisEach(), 0);
  }

  /** Alarms in the period up to the last score, those that nobody acted on too; 256 at most. */
  public int alarmsInPeriod() {
    double from = (double) lastTime - settings.periodMillis;
    return (int) Arrays.stream(alarmTimes.toArray()).filter(time -> time > from).count();
  }

  /** {@link #alarmsInPeriod} over the budget. */
  public double spentShare() {
    return (double) alarmsInPeriod() / settings.alarms;
  }

  private double signed(double score) {
    return settings.direction == Direction.HIGH ? score : -score;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    memory.write(out);
    alarmTimes.write(out);
    out.writeLong(checks);
    out.writeLong(lastTime);
    out.writeDouble(spacing);
    out.writeDouble(worst);
    out.writeInt(calm);
  }

  @Override
  public void read(DataInput in) throws IOException {
    memory.read(in);
    alarmTimes.read(in);
    checks = in.readLong();
    lastTime = in.readLong();
    spacing = in.readDouble();
    worst = in.readDouble();
    calm = in.readInt();
  }
}
