package dev.penstock.core.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of a candidate and of its baseline, measured in turns, so that whatever else the machine
 * does hits both alike.
 *
 * @param baseline one figure a round
 * @param candidate one figure a round, in the same order
 */
public record InterleavedRuns(List<Double> baseline, List<Double> candidate) {

  /** Rounds of a benchmark unless it has a reason for more. */
  public static final int ROUNDS = 5;

  public InterleavedRuns {
    baseline = List.copyOf(baseline);
    candidate = List.copyOf(candidate);
    if (baseline.size() != candidate.size()) {
      throw new IllegalArgumentException(
          "candidate must have as many runs as baseline, got %d and %d"
              .formatted(candidate.size(), baseline.size()));
    }
  }

  /**
   * Runs both in turns; who goes first alternates from round to round.
   *
   * @param warmUps rounds before the first that counts
   * @param rounds rounds that count
   * @throws E whatever a run throws
   */
  public static <E extends Exception> InterleavedRuns measure(
      int warmUps, int rounds, Run<E> baseline, Run<E> candidate) throws E {
    if (warmUps < 0 || rounds < 1) {
      throw new IllegalArgumentException(
          "warm-ups must not be negative and rounds must be positive, got %d and %d"
              .formatted(warmUps, rounds));
    }
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int round = -warmUps; round < rounds; round++) {
      boolean baselineFirst = Math.floorMod(round, 2) == 0;
      double a = (baselineFirst ? baseline : candidate).figure();
      double b = (baselineFirst ? candidate : baseline).figure();
      if (round >= 0) {
        first.add(baselineFirst ? a : b);
        second.add(baselineFirst ? b : a);
      }
    }
    return new InterleavedRuns(first, second);
  }

  /** Candidate over baseline, round by round. */
  public List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < baseline.size(); round++) {
      ratios.add(candidate.get(round) / baseline.get(round));
    }
    return ratios;
  }

  /**
   * One run.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface Run<E extends Exception> {

    /** Runs and returns its figure, such as samples a second. */
    double figure() throws E;
  }
}
