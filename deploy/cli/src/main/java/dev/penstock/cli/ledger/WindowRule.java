package dev.penstock.cli.ledger;

import dev.penstock.cli.text.Figures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which samples a trigger selects from, as far as a ledger shows it.
 *
 * @param tailTriggers triggers before, whose samples are selected too
 * @param limit samples at most
 * @param known whether the ledger's windows follow this rule; else it is assumed
 */
record WindowRule(int tailTriggers, long limit, boolean known) {

  private static final int ALL = Integer.MAX_VALUE;

  /** More triggers before are not told from all. */
  private static final int MAX_TAIL_TRIGGERS = 64;

  /**
   * An evaluation of a policy.
   *
   * @param evidence samples since the one before
   * @param fired what it said
   * @param window samples to select from; 0 when held
   */
  record Point(long evidence, boolean fired, long window) {}

  /**
   * What was trained.
   *
   * @param trainings with at least one new sample
   * @param samples of all of them
   */
  record Trained(long trainings, long samples) {}

  /** The narrowest rule that explains the windows of a ledger. */
  static WindowRule of(List<Point> ledger) {
    int triggers = (int) ledger.stream().filter(Point::fired).count();
    long widest = ledger.stream().mapToLong(Point::window).max().orElse(0);
    for (long limit : new long[] {Long.MAX_VALUE, widest}) {
      for (int tail : tails(triggers)) {
        WindowRule rule = new WindowRule(tail, limit, /* known= */ true);
        if (rule.explains(ledger)) {
          return rule;
        }
      }
    }
    return new WindowRule(0, Long.MAX_VALUE, /* known= */ false);
  }

  private static int[] tails(int triggers) {
    return IntStream.concat(
            IntStream.rangeClosed(0, Math.min(triggers, MAX_TAIL_TRIGGERS)), IntStream.of(ALL))
        .toArray();
  }

  private boolean explains(List<Point> ledger) {
    Windows windows = new Windows();
    for (Point point : ledger) {
      windows.see(point);
      if (point.fired && windows.fire() != point.window) {
        return false;
      }
    }
    return true;
  }

  /** What a policy trains that fires at these evaluations of a ledger. */
  Trained trained(List<Point> ledger, IntPredicate fires) {
    Windows windows = new Windows();
    long trainings = 0;
    long samples = 0;
    for (int i = 0; i < ledger.size(); i++) {
      windows.see(ledger.get(i));
      if (fires.test(i)) {
        boolean trains = windows.hasNew();
        long window = windows.fire();
        if (trains) {
          trainings++;
          samples += window;
        }
      }
    }
    return new Trained(trainings, samples);
  }

  /** The rule in words. */
  String sentence() {
    String triggers =
        switch (tailTriggers) {
          case 0 -> "the samples since the trigger before";
          case ALL -> "all samples so far";
          default ->
              "the samples since the trigger before and those of "
                  + Figures.count(tailTriggers, "more trigger");
        };
    return triggers
        + (limit == Long.MAX_VALUE ? "" : ", at most the last " + Figures.count(limit))
        + (known ? "" : " (assumed: the ledger's own windows follow no simple rule)");
  }

  /** Windows of a policy, as its triggers come. */
  private final class Windows {

    private final Deque<Long> starts = new ArrayDeque<>(List.of(0L));
    private long seen;
    private long firedAt;

    void see(Point point) {
      seen += point.evidence;
    }

    /** Whether a sample has come since the last trigger. */
    boolean hasNew() {
      return seen > firedAt;
    }

    /** Samples of the window of a trigger that fires now. */
    long fire() {
      long window = Math.min(limit, seen - starts.getFirst());
      firedAt = seen;
      if (tailTriggers != ALL) {
        starts.addLast(seen);
        if (starts.size() > tailTriggers + 1) {
          starts.removeFirst();
        }
      }
      return window;
    }
  }
}
