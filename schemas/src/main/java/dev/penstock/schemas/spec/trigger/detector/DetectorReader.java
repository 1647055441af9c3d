package dev.penstock.schemas.spec.trigger.detector;

import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Adwin;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.AfterDrift;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Cusum;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Ddm;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Decrease;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Eddm;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.HddmA;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.HddmW;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Kswin;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Origin;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.PageHinkley;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Rddm;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Reading;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Side;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec.Stepd;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a detector: its {@code type} and what differs from that type's defaults. */
public final class DetectorReader {

  private DetectorReader() {}

  public static Optional<DetectorSpec> read(YamlMap map) {
    return map.byType(
        Map.of(
            "adwin", DetectorReader::adwin,
            "ddm", DetectorReader::ddm,
            "eddm", DetectorReader::eddm,
            "rddm", DetectorReader::rddm,
            "hddm-a", DetectorReader::hddmA,
            "hddm-w", DetectorReader::hddmW,
            "page-hinkley", DetectorReader::pageHinkley,
            "cusum", DetectorReader::cusum,
            "kswin", DetectorReader::kswin,
            "stepd", DetectorReader::stepd));
  }

  private static @Nullable DetectorSpec adwin(YamlMap map) {
    Adwin absent = Adwin.DEFAULTS;
    double delta = map.number("delta").orElse(absent.delta());
    int clock = map.smallInteger("clock", absent.clock());
    int maxBuckets = map.smallInteger("max-buckets", absent.maxBuckets());
    int minPart = map.smallInteger("min-part", absent.minPart());
    int minWidth = map.smallInteger("min-width", absent.minWidth());
    Side side = map.choice("side", absent.side(), Side.values());
    AfterDrift afterDrift = map.choice("after-drift", absent.afterDrift(), AfterDrift.values());
    return map.build(
        () -> new Adwin(delta, clock, maxBuckets, minPart, minWidth, side, afterDrift));
  }

  private static @Nullable DetectorSpec ddm(YamlMap map) {
    Ddm absent = Ddm.DEFAULTS;
    int minSamples = map.smallInteger("min-samples", absent.minSamples());
    double warningLevel = map.number("warning-level").orElse(absent.warningLevel());
    double driftLevel = map.number("drift-level").orElse(absent.driftLevel());
    return map.build(() -> new Ddm(minSamples, warningLevel, driftLevel));
  }

  private static @Nullable DetectorSpec eddm(YamlMap map) {
    Eddm absent = Eddm.DEFAULTS;
    int minSamples = map.smallInteger("min-samples", absent.minSamples());
    int minErrors = map.smallInteger("min-errors", absent.minErrors());
    double warningRatio = map.number("warning-ratio").orElse(absent.warningRatio());
    double driftRatio = map.number("drift-ratio").orElse(absent.driftRatio());
    return map.build(() -> new Eddm(minSamples, minErrors, warningRatio, driftRatio));
  }

  private static @Nullable DetectorSpec rddm(YamlMap map) {
    Rddm absent = Rddm.DEFAULTS;
    int minSamples = map.smallInteger("min-samples", absent.minSamples());
    double warningLevel = map.number("warning-level").orElse(absent.warningLevel());
    double driftLevel = map.number("drift-level").orElse(absent.driftLevel());
    int maxConcept = map.smallInteger("max-concept", absent.maxConcept());
    int minConcept = map.smallInteger("min-concept", absent.minConcept());
    int maxWarning = map.smallInteger("max-warning", absent.maxWarning());
    return map.build(
        () -> new Rddm(minSamples, warningLevel, driftLevel, maxConcept, minConcept, maxWarning));
  }

  private static @Nullable DetectorSpec hddmA(YamlMap map) {
    HddmA absent = HddmA.DEFAULTS;
    double drift = map.number("drift-confidence").orElse(absent.driftConfidence());
    double warning = map.number("warning-confidence").orElse(absent.warningConfidence());
    Decrease decrease = map.choice("decrease", absent.decrease(), Decrease.values());
    return map.build(() -> new HddmA(drift, warning, decrease));
  }

  private static @Nullable DetectorSpec hddmW(YamlMap map) {
    HddmW absent = HddmW.DEFAULTS;
    double drift = map.number("drift-confidence").orElse(absent.driftConfidence());
    double warning = map.number("warning-confidence").orElse(absent.warningConfidence());
    double lambda = map.number("lambda").orElse(absent.lambda());
    Decrease decrease = map.choice("decrease", absent.decrease(), Decrease.values());
    return map.build(() -> new HddmW(drift, warning, lambda, decrease));
  }

  private static @Nullable DetectorSpec pageHinkley(YamlMap map) {
    PageHinkley absent = PageHinkley.DEFAULTS;
    int minSamples = map.smallInteger("min-samples", absent.minSamples());
    double delta = map.number("delta").orElse(absent.delta());
    double threshold = map.number("threshold").orElse(absent.threshold());
    double alpha = map.number("alpha").orElse(absent.alpha());
    Side side = map.choice("side", absent.side(), Side.values());
    Origin origin = map.choice("origin", absent.origin(), Origin.values());
    return map.build(() -> new PageHinkley(minSamples, delta, threshold, alpha, side, origin));
  }

  private static @Nullable DetectorSpec cusum(YamlMap map) {
    Cusum absent = Cusum.DEFAULTS;
    int minSamples = map.smallInteger("min-samples", absent.minSamples());
    double delta = map.number("delta").orElse(absent.delta());
    double lambda = map.number("lambda").orElse(absent.lambda());
    return map.build(() -> new Cusum(minSamples, delta, lambda));
  }

  private static @Nullable DetectorSpec kswin(YamlMap map) {
    Kswin absent = Kswin.DEFAULTS;
    double alpha = map.number("alpha").orElse(absent.alpha());
    int window = map.smallInteger("window", absent.window());
    int recent = map.smallInteger("recent", absent.recent());
    AfterDrift afterDrift = map.choice("after-drift", absent.afterDrift(), AfterDrift.values());
    return map.build(() -> new Kswin(alpha, window, recent, afterDrift));
  }

  private static @Nullable DetectorSpec stepd(YamlMap map) {
    Stepd absent = Stepd.DEFAULTS;
    int window = map.smallInteger("window", absent.window());
    double alphaDrift = map.number("alpha-drift").orElse(absent.alphaDrift());
    double alphaWarning = map.number("alpha-warning").orElse(absent.alphaWarning());
    Reading reading = map.choice("reading", absent.reading(), Reading.values());
    return map.build(() -> new Stepd(window, alphaDrift, alphaWarning, reading));
  }
}
