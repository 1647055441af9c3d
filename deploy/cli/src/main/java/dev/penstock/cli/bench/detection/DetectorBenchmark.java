package dev.penstock.cli.bench.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Compares all detectors, with their defaults, on streams of errors whose changes are known. */
public final class DetectorBenchmark {

  /** A change that is seen late must still be before the next one. */
  private static final int LEAST_SAMPLES = 1000;

  private DetectorBenchmark() {}

  /**
   * Runs every detector over every stream.
   *
   * @param seeds streams of each scenario, of the seeds 1, 2, …
   * @param samples of a stream, at least 1000
   * @throws IllegalArgumentException if there are fewer
   */
  public static DetectionTables run(int seeds, int samples) {
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be at least 1, got " + seeds);
    }
    if (samples < LEAST_SAMPLES) {
      throw new IllegalArgumentException(
          "samples must be at least " + LEAST_SAMPLES + ", got " + samples);
    }
    List<List<DetectionScore>> scores = new ArrayList<>();
    for (Scenario scenario : Scenario.all(samples)) {
      scores.add(scores(scenario, seeds));
    }
    return new DetectionTables(scores);
  }

  private static List<DetectionScore> scores(Scenario scenario, int seeds) {
    List<DetectionScore> scores =
        Contestant.ALL.stream().map(contestant -> new DetectionScore(scenario)).toList();
    for (long seed = 1; seed <= seeds; seed++) {
      Supplier<ErrorStream> streams = scenario.draw().apply(seed);
      for (int i = 0; i < scores.size(); i++) {
        scores.get(i).add(streams.get(), Contestant.ALL.get(i).start().apply(seed));
      }
    }
    return scores;
  }
}
