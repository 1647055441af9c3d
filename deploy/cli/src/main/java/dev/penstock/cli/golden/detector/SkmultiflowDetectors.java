package dev.penstock.cli.golden.detector;

import dev.penstock.core.detector.Ddm;
import dev.penstock.core.detector.Decrease;
import dev.penstock.core.detector.Eddm;
import dev.penstock.core.detector.HddmA;
import dev.penstock.core.detector.HddmW;
import dev.penstock.core.detector.PageHinkley;
import dev.penstock.core.detector.Side;

/**
 * In place of scikit-multiflow's detectors, by the names of their arguments. Its minimum of samples
 * counts one more than it has seen.
 */
public final class SkmultiflowDetectors implements DetectorSuite.Detectors {

  @Override
  public Counterpart counterpart(String name, GoldenParams params) {
    return switch (name) {
      case "ADWIN" ->
          Counterpart.none(
              "river binds: scikit-multiflow skips the last cut of a row, and loses deviations");
      case "DDM" ->
          SameDetector.of(
              new Ddm(
                  new Ddm.Settings(
                      Math.max(1, params.integer("min_num_instances", 30) - 1),
                      params.number("warning_level", 2),
                      params.number("out_control_level", 3))));
      case "EDDM" ->
          SameDetector.of(
              new Eddm(
                  new Eddm.Settings(
                      /* minSamples= */ 29,
                      /* minErrors= */ 31,
                      /* warningRatio= */ 0.95,
                      /* driftRatio= */ 0.9)));
      case "HDDM_A" ->
          SameDetector.of(
              new HddmA(
                  new HddmA.Settings(
                      params.number("drift_confidence", 0.001),
                      params.number("warning_confidence", 0.005),
                      params.flag("two_side_option", "true") ? Decrease.RESET : Decrease.IGNORE)));
      case "HDDM_W" -> {
        // Its cut for decreases begins at +infinity, which no bound exceeds: it sees none.
        params.flag("two_side_option", "true");
        yield SameDetector.of(
            new HddmW(
                new HddmW.Settings(
                    params.number("drift_confidence", 0.001),
                    params.number("warning_confidence", 0.005),
                    params.number("lambda_option", 0.05),
                    Decrease.IGNORE)));
      }
      case "PageHinkley" ->
          SameDetector.of(
              new PageHinkley(
                  new PageHinkley.Settings(
                      Math.max(1, params.integer("min_instances", 30) - 1),
                      params.number("delta", 0.005),
                      params.number("threshold", 50),
                      params.number("alpha", 1 - 0.0001),
                      Side.INCREASE,
                      PageHinkley.Origin.ZERO)));
      default -> Counterpart.none("Penstock has no such detector");
    };
  }
}
