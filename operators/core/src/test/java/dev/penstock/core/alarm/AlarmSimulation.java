package dev.penstock.core.alarm;

import dev.penstock.core.criterion.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Streams of scores without drift, judged under a budget of false alarms; then the scores shift by
 * three standard deviations. {@link #main} prints a table.
 */
final class AlarmSimulation {

  private static final int SEEDS = 40;
  private static final int PERIODS = 12;
  private static final Duration PERIOD = Duration.ofDays(30);

  /** The latest check after the shift that counts as its detection. */
  private static final int PATIENCE = 200;

  private AlarmSimulation() {}

  /** Of what law scores are. */
  enum Law {
    NORMAL(1),
    /** With a standard deviation of its own. */
    LOG_NORMAL(Math.sqrt(Math.expm1(1) * Math.E)),
    /** Autoregressive, 0.8 from one score to the next: a correlation over some ten checks. */
    AR_0_8(1),
    /** The mean of the last ten of independent scores, as of windows that overlap by 9/10. */
    OVERLAP_10(1);

    private final double deviation;

    Law(double deviation) {
      this.deviation = deviation;
    }

    private double[] scores(int count, Random random) {
      double[] scores = new double[count];
      double[] recent = new double[10];
      for (int i = 0; i < recent.length; i++) {
        recent[i] = random.nextGaussian();
      }
      double before = random.nextGaussian();
      for (int i = 0; i < count; i++) {
        double noise = random.nextGaussian();
        recent[i % recent.length] = noise;
        before = 0.8 * before + Math.sqrt(1 - 0.8 * 0.8) * noise;
        scores[i] =
            switch (this) {
              case NORMAL -> noise;
              case LOG_NORMAL -> Math.exp(noise);
              case AR_0_8 -> before;
              case OVERLAP_10 -> Arrays.stream(recent).sum() / Math.sqrt(recent.length);
            };
      }
      return scores;
    }
  }

  /**
   * What was counted.
   *
   * @param first alarms over the budget in the first period, in which nothing is known at first
   * @param later alarms over the budget in a later one, the mean of all streams
   * @param medianDelay checks to the first alarm after the shift
   * @param detected streams in which there was one within ten checks
   */
  record Outcome(double first, double later, double medianDelay, double detected) {}

  static Outcome run(Law law, Duration spacing, int budget) {
    int perPeriod = (int) (PERIOD.toMillis() / spacing.toMillis());
    double first = 0;
    double later = 0;
    double[] delays = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      double[] scores = law.scores(perPeriod * PERIODS + PATIENCE, new Random(seed));
      AlarmBudget criterion =
          new AlarmBudget(new AlarmBudget.Settings(budget, PERIOD.toMillis(), Direction.HIGH));
      int shift = perPeriod * PERIODS;
      delays[seed] = PATIENCE;
      for (int i = 0; i < scores.length; i++) {
        double score = scores[i] + (i >= shift ? 3 * law.deviation : 0);
        if (criterion.judge(score, i * spacing.toMillis()).fired()) {
          if (i >= shift) {
            delays[seed] = i - shift + 1;
            break;
          }
          first += i < perPeriod ? 1 : 0;
          later += i < perPeriod ? 0 : 1;
        }
      }
    }
    Arrays.sort(delays);
    return new Outcome(
        first / SEEDS / budget,
        later / SEEDS / budget / (PERIODS - 1),
        delays[SEEDS / 2],
        Arrays.stream(delays).filter(delay -> delay <= 10).count() / (double) SEEDS);
  }

  /**
   * Distances of samples without drift from a reference that is drawn anew at each alarm: half of
   * it is of the sample that raised the alarm, half of the one before.
   *
   * @return alarms over the budget of one in 1000 checks, the mean of all streams
   */
  static double ofReferences(int streams, int checks) {
    double alarms = 0;
    for (int seed = 0; seed < streams; seed++) {
      Random random = new Random(seed);
      AlarmBudget criterion = new AlarmBudget(new AlarmBudget.Settings(1, 1000, Direction.HIGH));
      double[] before = gaussian(random);
      double[] reference = gaussian(random);
      for (int check = 0; check < checks; check++) {
        double[] first = gaussian(random);
        double[] second = gaussian(random);
        double score = 0;
        for (int i = 0; i < first.length; i++) {
          score = Math.max(score, Math.abs((first[i] + second[i]) / 2 - reference[i]));
        }
        if (criterion.judge(score, check).fired()) {
          alarms++;
          for (int i = 0; i < first.length; i++) {
            reference[i] = (first[i] + before[i]) / 2;
          }
        }
        before = first;
      }
    }
    return alarms / streams / checks * 1000;
  }

  private static double[] gaussian(Random random) {
    double[] values = new double[4];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  /** Prints the table. */
  public static void main(String[] args) {
    System.out.println(
        "| law | checks a period | budget | first period | later | checks to 3 sigma | in 10 |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Law law : Law.values()) {
      for (int perPeriod : new int[] {30, 720, 4320}) {
        for (int budget : new int[] {1, 4}) {
          Outcome outcome = run(law, PERIOD.dividedBy(perPeriod), budget);
          System.out.printf(
              "| %s | %d | %d | %.2f | %.2f | %.0f | %.0f %% |%n",
              law,
              perPeriod,
              budget,
              outcome.first,
              outcome.later,
              outcome.medianDelay,
              100 * outcome.detected);
        }
      }
    }
  }
}
