package dev.penstock.cli.bench.trigger;

import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.core.drift.DriftMeasure;
import dev.penstock.core.drift.DriftMeasures;
import dev.penstock.core.drift.Score;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Aggregation;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Time of a check by every drift metric, with its defaults: the first after a training, and one
 * against the same reference, as all are until the next training, beside it.
 */
public final class MetricTimes {

  private static final int PERMUTATIONS = 100;

  private static final double LARGEST_DIFFERENCE = 0.2;

  private static final double SHIFT = 0.1;

  private final double[][] reference;
  private final double[][] current;
  private final int warmUps;
  private final int rounds;

  private MetricTimes(double[][] reference, double[][] current, int warmUps, int rounds) {
    this.reference = reference;
    this.current = current;
    this.warmUps = warmUps;
    this.rounds = rounds;
  }

  /**
   * Measures.
   *
   * @param rows of each sample, at least 4
   * @param features of a row, at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  public static List<Measure> measure(int rows, int features, int warmUps, int rounds) {
    if (rows < 4 || features < 1) {
      throw new IllegalArgumentException(
          "rows must be at least 4 and features at least 1, got %d and %d"
              .formatted(rows, features));
    }
    SplittableRandom random = new SplittableRandom(1);
    MetricTimes times =
        new MetricTimes(
            normal(rows, features, 0, random),
            normal(rows, features, SHIFT, random),
            warmUps,
            rounds);
    List<Measure> measures = new ArrayList<>();
    metrics()
        .forEach((name, spec) -> measures.addAll(times.measures(name + ", " + features, spec)));
    return measures;
  }

  private static Map<String, DriftMetricSpec> metrics() {
    Map<String, DriftMetricSpec> metrics = new LinkedHashMap<>();
    for (Distance distance : Distance.values()) {
      metrics.put(
          distance.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          new DriftMetricSpec.Univariate(
              distance, Optional.empty(), Aggregation.MEAN, Optional.empty()));
    }
    metrics.put("mmd", mmd(Optional.empty()));
    metrics.put("mmd, 100 permutations", mmd(Optional.of(PERMUTATIONS)));
    metrics.put(
        "lsdd",
        new DriftMetricSpec.Lsdd(
            Optional.empty(),
            Optional.empty(),
            LARGEST_DIFFERENCE,
            PERMUTATIONS,
            /* standardize= */ false));
    metrics.put("classifier", new DriftMetricSpec.Classifier());
    return metrics;
  }

  private static DriftMetricSpec mmd(Optional<Integer> permutations) {
    return new DriftMetricSpec.Mmd(Optional.empty(), permutations, /* standardize= */ false);
  }

  private List<Measure> measures(String name, DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    DriftMeasure.Prepared prepared = measure.prepare(reference);
    // What is found once is found here.
    prepared.measure(current, 1);
    InterleavedRuns runs =
        InterleavedRuns.measure(
            warmUps,
            rounds,
            () -> millis(() -> measure.measure(reference, current, 1)),
            () -> millis(() -> prepared.measure(current, 1)));
    return List.of(
        Measure.informative(name + " features, first", "ms", runs.baseline()),
        Measure.informative(name + " features, next", "ms", runs.candidate()),
        Measure.informative(name + " features, next over first", "ratio", runs.ratios()));
  }

  private static double millis(Supplier<Score> check) {
    long start = System.nanoTime();
    double value = check.get().value();
    double millis = (System.nanoTime() - start) / 1e6;
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("Scores must be finite, got " + value);
    }
    return millis;
  }

  private static double[][] normal(int rows, int width, double mean, SplittableRandom random) {
    double[][] sample = new double[rows][width];
    for (double[] row : sample) {
      for (int k = 0; k < width; k++) {
        row[k] = mean + random.nextGaussian();
      }
    }
    return sample;
  }
}
