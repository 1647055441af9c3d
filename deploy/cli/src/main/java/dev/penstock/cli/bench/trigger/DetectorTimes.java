package dev.penstock.cli.bench.trigger;

import dev.penstock.core.benchmark.InterleavedRuns;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.core.detector.Detectors;
import dev.penstock.core.detector.ErrorDetector;
import dev.penstock.core.detector.Status;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Time of a sample in every detector, with its defaults, beside that of adding the same bits to a
 * counter. The bits are errors of a model that errs in a fifth of its answers throughout.
 */
public final class DetectorTimes {

  private static final double ERROR_RATE = 0.2;

  private final boolean[] errors;
  private final int warmUps;
  private final int rounds;

  private DetectorTimes(boolean[] errors, int warmUps, int rounds) {
    this.errors = errors;
    this.warmUps = warmUps;
    this.rounds = rounds;
  }

  /**
   * Measures.
   *
   * @param samples of a run, at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  public static List<Measure> measure(int samples, int warmUps, int rounds) {
    if (samples < 1) {
      throw new IllegalArgumentException("errors must be at least 1, got " + samples);
    }
    boolean[] errors = new boolean[samples];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < samples; i++) {
      errors[i] = random.nextDouble() < ERROR_RATE;
    }
    DetectorTimes times = new DetectorTimes(errors, warmUps, rounds);
    List<Measure> measures = new ArrayList<>();
    detectors().forEach((name, spec) -> measures.addAll(times.measures(name, spec)));
    return measures;
  }

  private static Map<String, DetectorSpec> detectors() {
    Map<String, DetectorSpec> detectors = new LinkedHashMap<>();
    detectors.put("adwin", DetectorSpec.Adwin.DEFAULTS);
    detectors.put("ddm", DetectorSpec.Ddm.DEFAULTS);
    detectors.put("eddm", DetectorSpec.Eddm.DEFAULTS);
    detectors.put("rddm", DetectorSpec.Rddm.DEFAULTS);
    detectors.put("hddm-a", DetectorSpec.HddmA.DEFAULTS);
    detectors.put("hddm-w", DetectorSpec.HddmW.DEFAULTS);
    detectors.put("page-hinkley", DetectorSpec.PageHinkley.DEFAULTS);
    detectors.put("cusum", DetectorSpec.Cusum.DEFAULTS);
    detectors.put("kswin", DetectorSpec.Kswin.DEFAULTS);
    detectors.put("stepd", DetectorSpec.Stepd.DEFAULTS);
    return detectors;
  }

  private List<Measure> measures(String name, DetectorSpec spec) {
    InterleavedRuns runs =
        InterleavedRuns.measure(warmUps, rounds, this::count, () -> detect(spec));
    return List.of(
        Measure.informative("counter beside " + name, "ns/sample", runs.baseline()),
        Measure.informative(name, "ns/sample", runs.candidate()),
        Measure.informative(name + " over counter", "ratio", runs.ratios()));
  }

  private double count() {
    long start = System.nanoTime();
    long sum = 0;
    for (boolean error : errors) {
      sum += error ? 1 : 0;
    }
    return perSample(start, sum);
  }

  private double detect(DetectorSpec spec) {
    ErrorDetector detector = Detectors.errors(spec, 1);
    long start = System.nanoTime();
    long sum = 0;
    for (boolean error : errors) {
      sum += detector.add(error) == Status.DRIFT ? 1 : 0;
    }
    return perSample(start, sum);
  }

  /** Looks at the sum: the compiler would leave out a loop whose result has no use. */
  private double perSample(long start, long sum) {
    double nanos = System.nanoTime() - start;
    if (sum > errors.length) {
      throw new IllegalStateException(
          "sum must be at most %d, got %d".formatted(errors.length, sum));
    }
    return nanos / errors.length;
  }
}
