package dev.penstock.core.detector;

import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;

/** Makes detectors of their specs: the only place that knows both. */
public final class Detectors {

  private Detectors() {}

  /**
   * The declared detector, on a model's errors.
   *
   * @param seed of its random draws, if it makes any; part of its settings, not of its state
   */
  public static ErrorDetector errors(DetectorSpec spec, long seed) {
    if (spec instanceof DetectorSpec.OfValues values) {
      return values(values, seed).onErrors();
    }
    if (spec instanceof DetectorSpec.Ddm ddm) {
      return new Ddm(new Ddm.Settings(ddm.minSamples(), ddm.warningLevel(), ddm.driftLevel()));
    }
    if (spec instanceof DetectorSpec.Eddm eddm) {
      return new Eddm(
          new Eddm.Settings(
              eddm.minSamples(), eddm.minErrors(), eddm.warningRatio(), eddm.driftRatio()));
    }
    if (spec instanceof DetectorSpec.Rddm rddm) {
      return new Rddm(
          new Rddm.Settings(
              rddm.minSamples(),
              rddm.warningLevel(),
              rddm.driftLevel(),
              rddm.maxConcept(),
              rddm.minConcept(),
              rddm.maxWarning()));
    }
    if (spec instanceof DetectorSpec.HddmA hddm) {
      return new HddmA(
              new HddmA.Settings(
                  hddm.driftConfidence(), hddm.warningConfidence(), decrease(hddm.decrease())))
          .onErrors();
    }
    if (spec instanceof DetectorSpec.HddmW hddm) {
      return new HddmW(
              new HddmW.Settings(
                  hddm.driftConfidence(),
                  hddm.warningConfidence(),
                  hddm.lambda(),
                  decrease(hddm.decrease())))
          .onErrors();
    }
    if (spec instanceof DetectorSpec.Stepd stepd) {
      return new Stepd(
          new Stepd.Settings(
              stepd.window(),
              stepd.alphaDrift(),
              stepd.alphaWarning(),
              Stepd.Reading.valueOf(stepd.reading().name())));
    }
    throw new IllegalArgumentException("No detector for " + spec);
  }

  /**
   * The declared detector, on any number.
   *
   * @param seed of its random draws, if it makes any; part of its settings, not of its state
   */
  public static ValueDetector values(DetectorSpec.OfValues spec, long seed) {
    if (spec instanceof DetectorSpec.Adwin adwin) {
      return new Adwin(
          new Adwin.Settings(
              adwin.delta(),
              adwin.clock(),
              adwin.maxBuckets(),
              adwin.minPart(),
              adwin.minWidth(),
              side(adwin.side()),
              afterDrift(adwin.afterDrift())));
    }
    if (spec instanceof DetectorSpec.PageHinkley pageHinkley) {
      return new PageHinkley(
          new PageHinkley.Settings(
              pageHinkley.minSamples(),
              pageHinkley.delta(),
              pageHinkley.threshold(),
              pageHinkley.alpha(),
              side(pageHinkley.side()),
              PageHinkley.Origin.valueOf(pageHinkley.origin().name())));
    }
    if (spec instanceof DetectorSpec.Cusum cusum) {
      return new Cusum(new Cusum.Settings(cusum.minSamples(), cusum.delta(), cusum.lambda()));
    }
    if (spec instanceof DetectorSpec.Kswin kswin) {
      return new Kswin(
          new Kswin.Settings(
              kswin.alpha(), kswin.window(), kswin.recent(), seed, afterDrift(kswin.afterDrift())));
    }
    throw new IllegalArgumentException("No detector for " + spec);
  }

  private static Side side(DetectorSpec.Side side) {
    return Side.valueOf(side.name());
  }

  private static AfterDrift afterDrift(DetectorSpec.AfterDrift afterDrift) {
    return AfterDrift.valueOf(afterDrift.name());
  }

  private static Decrease decrease(DetectorSpec.Decrease decrease) {
    return Decrease.valueOf(decrease.name());
  }
}
