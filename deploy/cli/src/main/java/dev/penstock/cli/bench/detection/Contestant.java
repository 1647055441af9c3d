package dev.penstock.cli.bench.detection;

import dev.penstock.core.detector.Detectors;
import dev.penstock.core.detector.ErrorDetector;
import dev.penstock.core.detector.Status;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * What is compared.
 *
 * @param name in tables
 * @param start by seed: whether there is an alarm at an answer
 */
record Contestant(String name, LongFunction<Alarm> start) {

  /** Alarms of a dummy: as a detector that alarms often is early by chance, it shows how early. */
  private static final double RANDOM_RATE = 0.001;

  /** As in the example on its page: it does not alarm when a model becomes better. */
  private static final DetectorSpec ADWIN_RISE =
      new DetectorSpec.Adwin(
          0.002, 32, 5, 5, 10, DetectorSpec.Side.INCREASE, DetectorSpec.AfterDrift.FORGET);

  /** As in the example on its page: the defaults suit long streams and large changes. */
  private static final DetectorSpec PAGE_HINKLEY_20 =
      new DetectorSpec.PageHinkley(
          29, 0.02, 20, 1, DetectorSpec.Side.INCREASE, DetectorSpec.Origin.EXTREME);

  /**
   * Every detector with its defaults, two with other settings that show how much these do, and two
   * dummies that look at nothing.
   */
  static final List<Contestant> ALL =
      List.of(
          detector("adwin", DetectorSpec.Adwin.DEFAULTS),
          detector("ddm", DetectorSpec.Ddm.DEFAULTS),
          detector("eddm", DetectorSpec.Eddm.DEFAULTS),
          detector("rddm", DetectorSpec.Rddm.DEFAULTS),
          detector("hddm-a", DetectorSpec.HddmA.DEFAULTS),
          detector("hddm-w", DetectorSpec.HddmW.DEFAULTS),
          detector("page-hinkley", DetectorSpec.PageHinkley.DEFAULTS),
          detector("cusum", DetectorSpec.Cusum.DEFAULTS),
          detector("kswin", DetectorSpec.Kswin.DEFAULTS),
          detector("stepd", DetectorSpec.Stepd.DEFAULTS),
          detector("adwin-rise", ADWIN_RISE),
          detector("ph-20", PAGE_HINKLEY_20),
          new Contestant("random", Contestant::random),
          new Contestant("never", seed -> error -> false));

  /** A decision an answer. */
  interface Alarm {
    boolean at(boolean error);
  }

  private static Contestant detector(String name, DetectorSpec spec) {
    return new Contestant(
        name,
        seed -> {
          ErrorDetector detector = Detectors.errors(spec, seed);
          return error -> detector.add(error) == Status.DRIFT;
        });
  }

  private static Alarm random(long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    return error -> random.nextDouble() < RANDOM_RATE;
  }
}
