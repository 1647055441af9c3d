package dev.penstock.cli.golden.detector;

import dev.penstock.core.detector.Adwin;
import dev.penstock.core.detector.AfterDrift;
import dev.penstock.core.detector.Ddm;
import dev.penstock.core.detector.Decrease;
import dev.penstock.core.detector.HddmA;
import dev.penstock.core.detector.Kswin;
import dev.penstock.core.detector.PageHinkley;
import dev.penstock.core.detector.Side;
import java.util.Locale;

/** In place of river's detectors, by the names of their arguments. */
public final class RiverDetectors implements DetectorSuite.Detectors {

  @Override
  public Counterpart counterpart(String name, GoldenParams params) {
    return switch (name) {
      case "ADWIN" -> adwin(params);
      case "PageHinkley" -> pageHinkley(params);
      case "KSWIN" -> kswin(params);
      case "binary.DDM" ->
          SameDetector.of(
              new Ddm(
                  new Ddm.Settings(
                      params.integer("warm_start", 30) + 1,
                      params.number("warning_threshold", 2),
                      params.number("drift_threshold", 3))));
      case "binary.EDDM" ->
          Counterpart.none(
              "MOA binds: river takes the deviation of a sample, not of all distances");
      case "binary.HDDMA" ->
          SameDetector.of(
              new HddmA(
                  new HddmA.Settings(
                      params.number("drift_confidence", 0.001),
                      params.number("warning_confidence", 0.005),
                      params.flag("two_sided_test", "false") ? Decrease.DETECT : Decrease.IGNORE)));
      case "binary.HDDMW" ->
          Counterpart.none(
              "MOA binds: river's bound begins with the weight of a mean's second value");
      default -> Counterpart.none("Penstock has no such detector");
    };
  }

  private static Counterpart adwin(GoldenParams params) {
    if (params.flag("off_by_one", "false")) {
      return Counterpart.none("current river binds: its older form skips the last cut of a row");
    }
    return SameDetector.of(
        new Adwin(
            new Adwin.Settings(
                params.number("delta", 0.002),
                params.integer("clock", 32),
                params.integer("max_buckets", 5),
                params.integer("min_window_length", 5),
                params.integer("grace_period", 10),
                Side.BOTH,
                AfterDrift.FORGET)));
  }

  private static Counterpart pageHinkley(GoldenParams params) {
    String mode = params.text("mode", "both").toLowerCase(Locale.ROOT);
    return SameDetector.of(
        new PageHinkley(
            new PageHinkley.Settings(
                params.integer("min_instances", 30),
                params.number("delta", 0.005),
                params.number("threshold", 50),
                params.number("alpha", 1 - 0.0001),
                switch (mode) {
                  case "up" -> Side.INCREASE;
                  case "down" -> Side.DECREASE;
                  default -> Side.BOTH;
                },
                PageHinkley.Origin.EXTREME)));
  }

  private static Counterpart kswin(GoldenParams params) {
    Kswin.Settings settings =
        new Kswin.Settings(
            params.number("alpha", 0.005),
            params.integer("window_size", 100),
            params.integer("stat_size", 30),
            params.integer("seed", 0),
            AfterDrift.FORGET);
    return new RandomDetector(
        seed ->
            new Kswin(
                new Kswin.Settings(
                    settings.alpha(),
                    settings.window(),
                    settings.recent(),
                    seed,
                    settings.afterDrift())));
  }
}
