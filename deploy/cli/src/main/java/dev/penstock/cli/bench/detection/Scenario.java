package dev.penstock.cli.bench.detection;

import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.DriftSchedule.Kind;
import dev.penstock.datagen.stream.GaussianClusters;
import dev.penstock.datagen.stream.Hyperplane;
import dev.penstock.datagen.stream.LabelledStream;
import dev.penstock.datagen.stream.Sea;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A stream of errors whose changes are known.
 *
 * @param name in tables
 * @param drift where it changes
 * @param samples its length
 * @param draw by seed, the same stream again and again: each detector's alarms make their own of it
 */
record Scenario(
    String name, DriftSchedule drift, int samples, LongFunction<Supplier<ErrorStream>> draw) {

  /** Share of flipped labels. */
  private static final double NOISE = 0.05;

  private static final int FEATURES = 10;
  private static final int CLASSES = 4;

  /** Centres that overlap: the model errs in about a quarter of its answers. */
  private static final double SPREAD = 1;

  /** Error rate of the first concept, and by how much it rises with each. */
  private static final double BASE_RATE = 0.1;

  private static final double SMALL_STEP = 0.05;
  private static final double LARGE_STEP = 0.2;

  /** All of that length, with changes after each quarter; gradual ones take a twentieth. */
  static List<Scenario> all(int samples) {
    List<Scenario> all = new ArrayList<>();
    for (Kind kind : List.of(Kind.ABRUPT, Kind.GRADUAL, Kind.RECURRING, Kind.NONE)) {
      DriftSchedule drift = schedule(kind, samples);
      all.add(learner("sea", drift, samples, seed -> new Sea(NOISE)));
      all.add(learner("hyperplane", drift, samples, seed -> new Hyperplane(FEATURES, NOISE, seed)));
      all.add(
          learner(
              "clusters",
              drift,
              samples,
              seed -> new GaussianClusters(FEATURES, CLASSES, SPREAD, seed)));
    }
    all.add(bernoulli("abrupt-small", Kind.ABRUPT, samples, SMALL_STEP));
    all.add(bernoulli("abrupt-large", Kind.ABRUPT, samples, LARGE_STEP));
    all.add(bernoulli("gradual-large", Kind.GRADUAL, samples, LARGE_STEP));
    all.add(bernoulli("none", Kind.NONE, samples, 0));
    return all;
  }

  private static DriftSchedule schedule(Kind kind, int samples) {
    long quarter = samples / 4;
    List<Long> points = kind == Kind.NONE ? List.of() : List.of(quarter, 2 * quarter, 3 * quarter);
    return new DriftSchedule(kind, points, Math.max(1, samples / 20));
  }

  private static Scenario learner(
      String stream, DriftSchedule drift, int samples, LongFunction<LabelledStream> generator) {
    String name = stream + "-" + drift.kind().name().toLowerCase(Locale.ROOT);
    return new Scenario(
        name,
        drift,
        samples,
        seed -> {
          LabelledSamples drawn = LabelledSamples.draw(generator.apply(seed), drift, samples, seed);
          return () -> new LearnerErrors(drawn);
        });
  }

  private static Scenario bernoulli(String name, Kind kind, int samples, double step) {
    DriftSchedule drift = schedule(kind, samples);
    return new Scenario(
        "bernoulli-" + name,
        drift,
        samples,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          boolean[] errors = new boolean[samples];
          for (int i = 0; i < samples; i++) {
            double rate = BASE_RATE + step * drift.concept(i, random);
            errors[i] = random.nextDouble() < rate;
          }
          return () -> new FixedErrors(errors);
        });
  }

  /** Whether an alarm changes the errors that come after it. */
  boolean learns() {
    return !name.startsWith("bernoulli");
  }
}
