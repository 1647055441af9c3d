package dev.penstock.schemas.spec.trigger;

import dev.penstock.schemas.spec.trigger.OutlookSpec.ForecastingMethod;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Metric;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Mode;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.PerformanceCriterion;
import dev.penstock.schemas.spec.trigger.TriggerSpec.Guarded.InFlight;
import dev.penstock.schemas.spec.trigger.detector.DetectorReader;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;
import dev.penstock.schemas.spec.trigger.drift.CriterionReader;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricReader;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec;
import dev.penstock.schemas.spec.trigger.drift.WindowsSpec;
import dev.penstock.schemas.spec.trigger.vote.VoteReader;
import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline's {@code trigger}. */
public final class TriggerReader {

  private static final Map<String, Function<YamlMap, @Nullable TriggerSpec>> BY_TYPE =
      Map.ofEntries(
          Map.entry("data-amount", TriggerReader::dataAmount),
          Map.entry("time", TriggerReader::time),
          Map.entry("never", TriggerReader::never),
          Map.entry("always", TriggerReader::always),
          Map.entry("every-n", TriggerReader::everyN),
          Map.entry("data-drift", TriggerReader::dataDrift),
          Map.entry("performance", TriggerReader::performance),
          Map.entry("detector", TriggerReader::detector),
          Map.entry("data-incorporation-latency-cost", TriggerReader::latencyCost),
          Map.entry("avoidable-misclassification-cost", TriggerReader::misclassificationCost),
          Map.entry("ensemble", TriggerReader::ensemble));

  private TriggerReader() {}

  public static Optional<TriggerSpec> read(YamlMap map) {
    // Before the type's own keys, after which unknown ones are reported.
    Optional<Duration> coolDown = map.duration("cool-down");
    Optional<Long> minSamples = map.integer("min-samples");
    Optional<Long> maxSamples = map.integer("max-samples");
    boolean inFlightGiven = map.has("in-flight");
    InFlight inFlight = map.choice("in-flight", InFlight.QUEUE, InFlight.values());
    Optional<TriggerSpec> trigger = map.byType(BY_TYPE);
    boolean guarded =
        coolDown.isPresent() || minSamples.isPresent() || maxSamples.isPresent() || inFlightGiven;
    if (trigger.isEmpty() || !guarded) {
      return trigger;
    }
    return Optional.ofNullable(
        map.build(
            () ->
                new TriggerSpec.Guarded(
                    trigger.get(), coolDown, minSamples, maxSamples, inFlight)));
  }

  private static @Nullable TriggerSpec never(YamlMap map) {
    return map.build(TriggerSpec.Never::new);
  }

  private static @Nullable TriggerSpec always(YamlMap map) {
    long interval = evaluationInterval(map);
    return map.build(() -> new TriggerSpec.EveryN(1, interval));
  }

  private static @Nullable TriggerSpec everyN(YamlMap map) {
    long n = map.requiredInteger("n", "10");
    long interval = evaluationInterval(map);
    return map.build(() -> new TriggerSpec.EveryN(n, interval));
  }

  private static long evaluationInterval(YamlMap map) {
    return map.requiredInteger("evaluation-interval-data-points", "250");
  }

  private static @Nullable TriggerSpec dataAmount(YamlMap map) {
    long samples = map.requiredInteger("num-samples", "1000");
    return map.build(() -> new TriggerSpec.DataAmount(samples));
  }

  private static @Nullable TriggerSpec time(YamlMap map) {
    Optional<Duration> every = requiredDuration(map, "every", "30d");
    Optional<Instant> start = map.instant("start-timestamp");
    return map.build(() -> new TriggerSpec.Time(every.orElseThrow(), start));
  }

  private static Optional<Duration> requiredDuration(YamlMap map, String key, String example) {
    Optional<Duration> duration = map.duration(key);
    if (!map.has(key)) {
      map.problem(key, "must be given, such as " + key + ": " + example);
    }
    return duration;
  }

  private static @Nullable TriggerSpec dataDrift(YamlMap map) {
    long interval = evaluationInterval(map);
    DriftTriggerSpec.Watch watch =
        map.choice("watch", DriftTriggerSpec.Watch.EMBEDDINGS, DriftTriggerSpec.Watch.values());
    Optional<WindowsSpec> windows =
        map.has("windowing-strategy")
            ? map.map("windowing-strategy").flatMap(TriggerReader::windows)
            : Optional.of(WindowsSpec.Amount.DEFAULTS);
    Optional<Integer> sampleSize =
        map.text("sample-size").filter("all"::equals).isPresent()
            ? Optional.empty()
            : Optional.of(map.smallInteger("sample-size", DriftTriggerSpec.DEFAULT_SAMPLE_SIZE));
    Optional<Map<String, DriftMetricSpec.Judged>> metrics =
        map.requiredMap(
                "metrics",
                "{mmd: {type: mmd, decision-criterion: {type: threshold, threshold: 0.05}}}")
            .flatMap(named -> named.each(DriftMetricReader::read));
    Optional<VoteSpec> aggregation = vote(map, "aggregation-strategy");
    Optional<WarmUpSpec> warmUp = warmUp(map);
    return map.build(
        () ->
            new DriftTriggerSpec(
                interval,
                watch,
                windows.orElseThrow(),
                sampleSize,
                metrics.orElseThrow(),
                aggregation.orElseThrow(),
                warmUp));
  }

  private static Optional<WindowsSpec> windows(YamlMap map) {
    return map.byType(
        Map.of("amount", TriggerReader::amountWindows, "time", TriggerReader::timeWindows));
  }

  private static @Nullable WindowsSpec amountWindows(YamlMap map) {
    WindowsSpec.Amount absent = WindowsSpec.Amount.DEFAULTS;
    long reference = map.integer("amount-ref").orElse(absent.amountRef());
    long current = map.integer("amount-cur").orElse(absent.amountCur());
    boolean overlap = map.flag("allow-overlap", Flag.FALSE);
    return map.build(() -> new WindowsSpec.Amount(reference, current, overlap));
  }

  private static @Nullable WindowsSpec timeWindows(YamlMap map) {
    Optional<Duration> reference = requiredDuration(map, "limit-ref", "30d");
    Optional<Duration> current = requiredDuration(map, "limit-cur", "7d");
    boolean overlap = map.flag("allow-overlap", Flag.FALSE);
    return map.build(
        () -> new WindowsSpec.Time(reference.orElseThrow(), current.orElseThrow(), overlap));
  }

  private static Optional<VoteSpec> vote(YamlMap map, String key) {
    return map.has(key)
        ? map.map(key).flatMap(VoteReader::read)
        : Optional.of(new VoteSpec.MajorityVote());
  }

  private static Optional<WarmUpSpec> warmUp(YamlMap map) {
    Optional<Long> intervals = map.integer("warmup-intervals");
    Optional<TriggerSpec> policy = map.map("warmup-policy").flatMap(TriggerReader::read);
    if (map.has("warmup-intervals") != map.has("warmup-policy")) {
      String missing = map.has("warmup-policy") ? "warmup-intervals" : "warmup-policy";
      map.problem(
          missing,
          "must be given, such as "
              + missing
              + (map.has("warmup-policy") ? ": 10" : ": {type: data-amount, num-samples: 1000}"));
      return Optional.empty();
    }
    if (intervals.isEmpty() || policy.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(map.part(() -> new WarmUpSpec(intervals.get(), policy.get())));
  }

  private static @Nullable TriggerSpec performance(YamlMap map) {
    long interval = evaluationInterval(map);
    Optional<OutlookSpec> outlook = outlook(map);
    Mode mode = map.choice("mode", Mode.HINDSIGHT, Mode.values());
    Optional<Map<String, PerformanceCriterion>> criteria =
        map.requiredMap(
                "decision-criteria",
                "{accuracy: {type: threshold, metric: accuracy, metric-threshold: 0.8}}")
            .flatMap(named -> named.each(TriggerReader::performanceCriterion));
    Optional<WarmUpSpec> warmUp = warmUp(map);
    return map.build(
        () ->
            new PerformanceTriggerSpec(
                interval, outlook.orElseThrow(), mode, criteria.orElseThrow(), warmUp));
  }

  private static Optional<OutlookSpec> outlook(YamlMap map) {
    OutlookSpec absent = OutlookSpec.DEFAULTS;
    int density = map.smallInteger("data-density-window-size", absent.dataDensityWindowSize());
    int triggers =
        map.smallInteger(
            "performance-triggers-window-size", absent.performanceTriggersWindowSize());
    ForecastingMethod method =
        map.choice("forecasting-method", absent.method(), ForecastingMethod.values());
    return Optional.ofNullable(map.part(() -> new OutlookSpec(density, triggers, method)));
  }

  private static Optional<PerformanceCriterion> performanceCriterion(YamlMap map) {
    if (map.text("type").filter("misclassifications"::equals).isPresent()) {
      long threshold = map.requiredInteger("avoidable-misclassification-threshold", "100");
      Optional<AvoidableSpec> avoidable = avoidable(map);
      return Optional.ofNullable(
          map.build(
              () ->
                  new PerformanceCriterion.Misclassifications(threshold, avoidable.orElseThrow())));
    }
    Metric metric = map.choice("metric", Metric.ACCURACY, Metric.values());
    Optional<CriterionSpec> criterion =
        map.text("type").filter("threshold"::equals).isPresent()
            ? threshold(map)
            : CriterionReader.read(map);
    return criterion.flatMap(
        judge ->
            Optional.ofNullable(map.build(() -> new PerformanceCriterion.OfMetric(metric, judge))));
  }

  private static Optional<CriterionSpec> threshold(YamlMap map) {
    if (!map.has("metric-threshold")) {
      map.problem("metric-threshold", "must be given, such as metric-threshold: 0.8");
    }
    double threshold = map.number("metric-threshold").orElse(0.0);
    return Optional.ofNullable(map.part(() -> new CriterionSpec.Threshold(threshold)));
  }

  private static Optional<AvoidableSpec> avoidable(YamlMap map) {
    Optional<Double> expected = map.number("expected-accuracy");
    boolean reduction = map.flag("allow-reduction", Flag.FALSE);
    return Optional.ofNullable(map.part(() -> new AvoidableSpec(expected, reduction)));
  }

  private static @Nullable TriggerSpec detector(YamlMap map) {
    long interval = evaluationInterval(map);
    DetectorTriggerSpec.Watch watch =
        map.choice("watch", DetectorTriggerSpec.Watch.ERROR, DetectorTriggerSpec.Watch.values());
    Optional<Integer> column =
        map.has("column") ? Optional.of(map.smallInteger("column", 0)) : Optional.empty();
    Optional<DetectorSpec> detector =
        map.requiredMap("detector", "{type: adwin}").flatMap(DetectorReader::read);
    return map.build(
        () -> new DetectorTriggerSpec(interval, watch, column, detector.orElseThrow()));
  }

  private static @Nullable TriggerSpec latencyCost(YamlMap map) {
    long interval = evaluationInterval(map);
    double perSecond = price(map, "incorporation-delay-per-training-second");
    int window = map.smallInteger("cost-tracking-window-size", CostTriggerSpec.DEFAULT_WINDOW);
    Optional<WarmUpSpec> warmUp = warmUp(map);
    return map.build(
        () -> new CostTriggerSpec.IncorporationLatency(interval, perSecond, window, warmUp));
  }

  private static @Nullable TriggerSpec misclassificationCost(YamlMap map) {
    long interval = evaluationInterval(map);
    double perSecond = price(map, "avoidable-misclassification-latency-per-training-second");
    Optional<AvoidableSpec> avoidable = avoidable(map);
    Optional<OutlookSpec> outlook = outlook(map);
    int window = map.smallInteger("cost-tracking-window-size", CostTriggerSpec.DEFAULT_WINDOW);
    Optional<WarmUpSpec> warmUp = warmUp(map);
    return map.build(
        () ->
            new CostTriggerSpec.AvoidableMisclassification(
                interval,
                perSecond,
                avoidable.orElseThrow(),
                outlook.orElseThrow(),
                window,
                warmUp));
  }

  private static double price(YamlMap map, String key) {
    if (!map.has(key)) {
      map.problem(key, "must be given, such as " + key + ": 0.001");
    }
    return map.number(key).orElse(1.0);
  }

  private static @Nullable TriggerSpec ensemble(YamlMap map) {
    Optional<Map<String, TriggerSpec>> members =
        map.requiredMap(
                "subtriggers",
                "{monthly: {type: time, every: 30d}, amount: {type: data-amount, num-samples: 9}}")
            .flatMap(named -> named.each(TriggerReader::read));
    Optional<VoteSpec> strategy = vote(map, "ensemble-strategy");
    return map.build(() -> new EnsembleTriggerSpec(members.orElseThrow(), strategy.orElseThrow()));
  }
}
