package dev.penstock.schemas.spec.trigger.detector;

import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Adwin;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Cusum;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Ddm;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Eddm;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.HddmA;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.HddmW;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Kswin;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.PageHinkley;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Rddm;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Stepd;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlTree;
import java.util.Map;

/** Detectors as maps in the form that {@link DetectorReader} reads. */
public final class DetectorTree {

  private DetectorTree() {}

  public static Map<String, Object> of(DetectorSpec detector) {
    return detector instanceof DetectorSpec.OfErrors errors
        ? ofErrors(errors)
        : ofValues((DetectorSpec.OfValues) detector);
  }

  private static Map<String, Object> ofErrors(DetectorSpec.OfErrors detector) {
    if (detector instanceof Ddm ddm) {
      return YamlTree.map(
          "type", "ddm",
          "min-samples", ddm.minSamples(),
          "warning-level", ddm.warningLevel(),
          "drift-level", ddm.driftLevel());
    }
    if (detector instanceof Eddm eddm) {
      return YamlTree.map(
          "type", "eddm",
          "min-samples", eddm.minSamples(),
          "min-errors", eddm.minErrors(),
          "warning-ratio", eddm.warningRatio(),
          "drift-ratio", eddm.driftRatio());
    }
    if (detector instanceof Rddm rddm) {
      return YamlTree.map(
          "type", "rddm",
          "min-samples", rddm.minSamples(),
          "warning-level", rddm.warningLevel(),
          "drift-level", rddm.driftLevel(),
          "max-concept", rddm.maxConcept(),
          "min-concept", rddm.minConcept(),
          "max-warning", rddm.maxWarning());
    }
    if (detector instanceof HddmA hddm) {
      return YamlTree.map(
          "type", "hddm-a",
          "drift-confidence", hddm.driftConfidence(),
          "warning-confidence", hddm.warningConfidence(),
          "decrease", YamlMap.kebab(hddm.decrease()));
    }
    if (detector instanceof HddmW hddm) {
      return YamlTree.map(
          "type", "hddm-w",
          "drift-confidence", hddm.driftConfidence(),
          "warning-confidence", hddm.warningConfidence(),
          "lambda", hddm.lambda(),
          "decrease", YamlMap.kebab(hddm.decrease()));
    }
    if (detector instanceof Stepd stepd) {
      return YamlTree.map(
          "type", "stepd",
          "window", stepd.window(),
          "alpha-drift", stepd.alphaDrift(),
          "alpha-warning", stepd.alphaWarning(),
          "reading", YamlMap.kebab(stepd.reading()));
    }
    throw YamlTree.unknown(detector);
  }

  private static Map<String, Object> ofValues(DetectorSpec.OfValues detector) {
    if (detector instanceof Adwin adwin) {
      return YamlTree.map(
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
      return YamlTree.map(
          "type", "page-hinkley",
          "min-samples", pageHinkley.minSamples(),
          "delta", pageHinkley.delta(),
          "threshold", pageHinkley.threshold(),
          "alpha", pageHinkley.alpha(),
          "side", YamlMap.kebab(pageHinkley.side()),
          "origin", YamlMap.kebab(pageHinkley.origin()));
    }
    if (detector instanceof Cusum cusum) {
      return YamlTree.map(
          "type", "cusum",
          "min-samples", cusum.minSamples(),
          "delta", cusum.delta(),
          "lambda", cusum.lambda());
    }
    if (detector instanceof Kswin kswin) {
      return YamlTree.map(
          "type", "kswin",
          "alpha", kswin.alpha(),
          "window", kswin.window(),
          "recent", kswin.recent(),
          "after-drift", YamlMap.kebab(kswin.afterDrift()));
    }
    throw YamlTree.unknown(detector);
  }
}
