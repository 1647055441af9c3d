package dev.penstock.cli.golden.detector;

import dev.penstock.cli.golden.detector.SameDetector.Estimate;
import dev.penstock.cli.golden.detector.SameDetector.Warnings;
import dev.penstock.core.detector.Adwin;
import dev.penstock.core.detector.AfterDrift;
import dev.penstock.core.detector.Cusum;
import dev.penstock.core.detector.Ddm;
import dev.penstock.core.detector.Decrease;
import dev.penstock.core.detector.Eddm;
import dev.penstock.core.detector.HddmA;
import dev.penstock.core.detector.HddmW;
import dev.penstock.core.detector.PageHinkley;
import dev.penstock.core.detector.Rddm;
import dev.penstock.core.detector.Side;
import dev.penstock.core.detector.Stepd;

/**
 * In place of MOA's detectors, by the names of its options. Its {@code minNumInstances} counts one
 * sample more than it has seen, but for RDDM.
 */
public final class MoaDetectors implements DetectorSuite.Detectors {

  @Override
  public Counterpart counterpart(String name, GoldenParams params) {
    return switch (name) {
      case "ADWINChangeDetector" ->
          SameDetector.of(
              new Adwin(
                  new Adwin.Settings(
                      params.number("deltaAdwin", 0.002),
                      /* clock= */ 32,
                      /* maxBuckets= */ 5,
                      /* minPart= */ 5,
                      /* minWidth= */ 10,
                      Side.INCREASE,
                      AfterDrift.KEEP_NEWER)));
      case "CusumDM" ->
          SameDetector.of(
              new Cusum(
                  new Cusum.Settings(
                      Math.max(1, params.integer("minNumInstances", 30) - 1),
                      params.number("delta", 0.005),
                      params.number("lambda", 50))));
      case "DDM" ->
          SameDetector.of(
              new Ddm(
                  new Ddm.Settings(
                      Math.max(1, params.integer("minNumInstances", 30) - 1),
                      params.number("warningLevel", 2),
                      params.number("outcontrolLevel", 3))));
      case "EDDM" -> SameDetector.of(new Eddm(Eddm.Settings.DEFAULTS));
      case "HDDM_A_Test" -> hddmA(params);
      case "HDDM_W_Test" -> hddmW(params);
      case "PageHinkleyDM" -> pageHinkley(params);
      case "RDDM" -> rddm(params);
      case "STEPD" ->
          // MOA does not set STEPD's estimate.
          new SameDetector(
              new Stepd(
                  new Stepd.Settings(
                      params.integer("windowSize", 30),
                      params.number("alphaDrift", 0.003),
                      params.number("alphaWarning", 0.05),
                      Stepd.Reading.MAGNITUDE)),
              Warnings.SHOWN,
              Estimate.NONE);
      default -> Counterpart.none("Penstock has no such detector");
    };
  }

  private static Counterpart hddmA(GoldenParams params) {
    return SameDetector.of(
        new HddmA(
            new HddmA.Settings(
                params.number("driftConfidence", 0.001),
                params.number("warningConfidence", 0.005),
                decrease(params.text("typeOfTest", "Two-sided")))));
  }

  private static Counterpart hddmW(GoldenParams params) {
    return SameDetector.of(
        new HddmW(
            new HddmW.Settings(
                params.number("driftConfidence", 0.001),
                params.number("warningConfidence", 0.005),
                params.number("lambda", 0.05),
                decrease(params.text("typeOfTest", "One-sided")))));
  }

  private static Decrease decrease(String test) {
    return test.equals("Two-sided") ? Decrease.RESET : Decrease.IGNORE;
  }

  private static Counterpart pageHinkley(GoldenParams params) {
    return SameDetector.of(
        new PageHinkley(
            new PageHinkley.Settings(
                Math.max(1, params.integer("minNumInstances", 30) - 1),
                params.number("delta", 0.005),
                params.number("lambda", 50),
                params.number("alpha", 1 - 0.0001),
                Side.INCREASE,
                PageHinkley.Origin.START)));
  }

  private static Counterpart rddm(GoldenParams params) {
    return SameDetector.of(
        new Rddm(
            new Rddm.Settings(
                params.integer("minNumInstances", 129),
                params.number("warningLevel", 1.773),
                params.number("driftLevel", 2.258),
                params.integer("maxSizeConcept", 40_000),
                params.integer("minSizeStableConcept", 7_000),
                params.integer("warnLimit", 1_400))));
  }
}
