package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.DetectorSpec.Adwin;
import dev.penstock.schemas.spec.DetectorSpec.Cusum;
import dev.penstock.schemas.spec.DetectorSpec.Ddm;
import dev.penstock.schemas.spec.DetectorSpec.Eddm;
import dev.penstock.schemas.spec.DetectorSpec.HddmA;
import dev.penstock.schemas.spec.DetectorSpec.HddmW;
import dev.penstock.schemas.spec.DetectorSpec.Kswin;
import dev.penstock.schemas.spec.DetectorSpec.PageHinkley;
import dev.penstock.schemas.spec.DetectorSpec.Rddm;
import dev.penstock.schemas.spec.DetectorSpec.Stepd;
import java.util.Map;

/** Detectors as maps in the form that {@link DetectorReader} reads. */
final class DetectorTree {

  private DetectorTree() {}

  static Map<String, Object> of(DetectorSpec detector) {
    return detector instanceof DetectorSpec.OfErrors errors
        ? ofErrors(errors)
        : ofValues((DetectorSpec.OfValues) detector);
  }

  private static Map<String, Object> ofErrors(DetectorSpec.OfErrors detector) {
    if (detector instanceof Ddm ddm) {
      return SpecTree.map(
          "type", "ddm",
          "min-samples", ddm.minSamples(),
          "warning-level", ddm.warningLevel(),
          "drift-level", ddm.driftLevel());
    }
    if (detector instanceof Eddm eddm) {
      return SpecTree.map(
          "type", "eddm",
          "min-samples", eddm.minSamples(),
          "min-errors", eddm.minErrors(),
          "warning-ratio", eddm.warningRatio(),
          "drift-ratio", eddm.driftRatio());
    }
    if (detector instanceof Rddm rddm) {
      return SpecTree.map(
          "type", "rddm",
          "min-samples", rddm.minSamples(),
          "warning-level", rddm.warningLevel(),
          "drift-level", rddm.driftLevel(),
          "max-concept", rddm.maxConcept(),
          "min-concept", rddm.minConcept(),
          "max-warning", rddm.maxWarning());
    }
    if (detector instanceof HddmA hddm) {
      return SpecTree.map(
          "type", "hddm-a",
          "drift-confidence", hddm.driftConfidence(),
          "warning-confidence", hddm.warningConfidence(),
          "decrease", YamlMap.kebab(hddm.decrease()));
    }
    if (detector instanceof HddmW hddm) {
      return SpecTree.map(
          "type", "hddm-w",
          "drift-confidence", hddm.driftConfidence(),
          "warning-confidence", hddm.warningConfidence(),
          "lambda", hddm.lambda(),
          "decrease", YamlMap.kebab(hddm.decrease()));
    }
    if (detector instanceof Stepd stepd) {
      return SpecTree.map(
          "type", "stepd",
          "window", stepd.window(),
          "alpha-drift", stepd.alphaDrift(),
          "alpha-warning", stepd.alphaWarning(),
          "reading", YamlMap.kebab(stepd.reading()));
    }
    throw SpecTree.unknown(detector);
  }

  private static Map<String, Object> ofValues(DetectorSpec.OfValues detector) {
    if (detector instanceof Adwin adwin) {
      return SpecTree.map(
          "type", "adwin",
          "delta", adwin.delta(),
          "clock", adwin.clock(),
          "max-buckets", adwin.maxBuckets(),
          "min-part", adwin.minPart(),
          "min-width", adwin.minWidth(),
          "side", YamlMap.kebab(adwin.side()),
          "after-drift", YamlMap.kebab(adwin.afterDrift()));
    }
    if (detector instanceof PageHinkley pageHinkley) {
      return SpecTree.map(
          "type", "page-hinkley",
          "min-samples", pageHinkley.minSamples(),
          "delta", pageHinkley.delta(),
          "threshold", pageHinkley.threshold(),
          "alpha", pageHinkley.alpha(),
          "side", YamlMap.kebab(pageHinkley.side()),
          "origin", YamlMap.kebab(pageHinkley.origin()));
    }
    if (detector instanceof Cusum cusum) {
      return SpecTree.map(
          "type", "cusum",
          "min-samples", cusum.minSamples(),
          "delta", cusum.delta(),
          "lambda", cusum.lambda());
    }
    if (detector instanceof Kswin kswin) {
      return SpecTree.map(
          "type", "kswin",
          "alpha", kswin.alpha(),
          "window", kswin.window(),
          "recent", kswin.recent(),
          "after-drift", YamlMap.kebab(kswin.afterDrift()));
    }
    throw SpecTree.unknown(detector);
  }
}
