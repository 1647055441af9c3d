package dev.penstock.schemas.spec.trigger;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;

import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.PerformanceCriterion;
import dev.penstock.schemas.spec.trigger.detector.DetectorTree;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import dev.penstock.schemas.spec.trigger.drift.MetricTree;
import dev.penstock.schemas.spec.trigger.drift.WindowsSpec;
import dev.penstock.schemas.spec.trigger.vote.VoteTree;
import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Triggers as maps in the form of their files. */
public final class TriggerTree {

  private static final String INTERVAL = "evaluation-interval-data-points";

  private TriggerTree() {}

  public static Map<String, Object> of(TriggerSpec trigger) {
    if (trigger instanceof TriggerSpec.DataAmount amount) {
      return map("type", "data-amount", "num-samples", amount.numSamples());
    }
    if (trigger instanceof TriggerSpec.Time time) {
      Map<String, Object> tree = map("type", "time", "every", DurationText.write(time.every()));
      time.startTimestamp().ifPresent(start -> tree.put("start-timestamp", start.toString()));
      return tree;
    }
    if (trigger instanceof TriggerSpec.Never) {
      return map("type", "never");
    }
    if (trigger instanceof TriggerSpec.Guarded guarded) {
      return guarded(guarded);
    }
    if (trigger instanceof EnsembleTriggerSpec ensemble) {
      return map(
          "type",
          "ensemble",
          "subtriggers",
          each(ensemble.subtriggers(), TriggerTree::of),
          "ensemble-strategy",
          VoteTree.of(ensemble.strategy()));
    }
    if (trigger instanceof TriggerSpec.Evaluated evaluated) {
      return evaluated(evaluated);
    }
    throw unknown(trigger);
  }

  private static Map<String, Object> guarded(TriggerSpec.Guarded guarded) {
    Map<String, Object> tree = of(guarded.trigger());
    guarded.coolDown().ifPresent(time -> tree.put("cool-down", DurationText.write(time)));
    guarded.minSamples().ifPresent(samples -> tree.put("min-samples", samples));
    guarded.maxSamples().ifPresent(samples -> tree.put("max-samples", samples));
    tree.put("in-flight", YamlMap.kebab(guarded.inFlight()));
    return tree;
  }

  private static Map<String, Object> evaluated(TriggerSpec.Evaluated trigger) {
    if (trigger instanceof TriggerSpec.EveryN every) {
      Map<String, Object> tree = every.n() == 1 ? map("type", "always") : map("type", "every-n");
      if (every.n() > 1) {
        tree.put("n", every.n());
      }
      tree.put(INTERVAL, every.evaluationInterval());
      return tree;
    }
    if (trigger instanceof DriftTriggerSpec drift) {
      return drift(drift);
    }
    if (trigger instanceof PerformanceTriggerSpec performance) {
      Map<String, Object> tree =
          map("type", "performance", INTERVAL, performance.evaluationInterval());
      putOutlook(tree, performance.outlook());
      tree.put("mode", YamlMap.kebab(performance.mode()));
      tree.put("decision-criteria", each(performance.decisionCriteria(), TriggerTree::criterion));
      putWarmUp(tree, performance.warmUp());
      return tree;
    }
    if (trigger instanceof DetectorTriggerSpec detector) {
      Map<String, Object> tree =
          map(
              "type",
              "detector",
              INTERVAL,
              detector.evaluationInterval(),
              "watch",
              YamlMap.kebab(detector.watch()));
      detector.column().ifPresent(column -> tree.put("column", column));
      tree.put("detector", DetectorTree.of(detector.detector()));
      return tree;
    }
    if (trigger instanceof CostTriggerSpec cost) {
      return cost(cost);
    }
    throw unknown(trigger);
  }

  private static Map<String, Object> drift(DriftTriggerSpec drift) {
    Map<String, Object> tree =
        map(
            "type",
            "data-drift",
            INTERVAL,
            drift.evaluationInterval(),
            "watch",
            YamlMap.kebab(drift.watch()),
            "windowing-strategy",
            windows(drift.windows()),
            "sample-size",
            drift.sampleSize().<Object>map(size -> size).orElse("all"),
            "metrics",
            each(drift.metrics(), MetricTree::of),
            "aggregation-strategy",
            VoteTree.of(drift.aggregation()));
    putWarmUp(tree, drift.warmUp());
    return tree;
  }

  private static Map<String, Object> windows(WindowsSpec windows) {
    if (windows instanceof WindowsSpec.Amount amount) {
      return map(
          "type",
          "amount",
          "amount-ref",
          amount.amountRef(),
          "amount-cur",
          amount.amountCur(),
          "allow-overlap",
          amount.allowOverlap());
    }
    if (windows instanceof WindowsSpec.Time time) {
      return map(
          "type",
          "time",
          "limit-ref",
          DurationText.write(time.limitRef()),
          "limit-cur",
          DurationText.write(time.limitCur()),
          "allow-overlap",
          time.allowOverlap());
    }
    throw unknown(windows);
  }

  private static Map<String, Object> criterion(PerformanceCriterion criterion) {
    if (criterion instanceof PerformanceCriterion.Misclassifications misclassifications) {
      Map<String, Object> tree =
          map(
              "type",
              "misclassifications",
              "avoidable-misclassification-threshold",
              misclassifications.threshold());
      putAvoidable(tree, misclassifications.avoidable());
      return tree;
    }
    if (criterion instanceof PerformanceCriterion.OfMetric ofMetric) {
      Map<String, Object> tree =
          ofMetric.criterion() instanceof CriterionSpec.Threshold threshold
              ? map("type", "threshold", "metric-threshold", threshold.threshold())
              : MetricTree.of(ofMetric.criterion());
      tree.put("metric", YamlMap.kebab(ofMetric.metric()));
      return tree;
    }
    throw unknown(criterion);
  }

  private static Map<String, Object> cost(CostTriggerSpec cost) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (cost instanceof CostTriggerSpec.IncorporationLatency latency) {
      tree.put("type", "data-incorporation-latency-cost");
      tree.put("incorporation-delay-per-training-second", latency.perTrainingSecond());
    } else if (cost instanceof CostTriggerSpec.AvoidableMisclassification misclassification) {
      tree.put("type", "avoidable-misclassification-cost");
      tree.put(
          "avoidable-misclassification-latency-per-training-second",
          misclassification.perTrainingSecond());
      putAvoidable(tree, misclassification.avoidable());
      putOutlook(tree, misclassification.outlook());
    } else {
      throw unknown(cost);
    }
    tree.put(INTERVAL, cost.evaluationInterval());
    tree.put("cost-tracking-window-size", cost.costTrackingWindowSize());
    putWarmUp(tree, cost.warmUp());
    return tree;
  }

  private static void putOutlook(Map<String, Object> tree, OutlookSpec outlook) {
    tree.put("data-density-window-size", outlook.dataDensityWindowSize());
    tree.put("performance-triggers-window-size", outlook.performanceTriggersWindowSize());
    tree.put("forecasting-method", YamlMap.kebab(outlook.method()));
  }

  private static void putAvoidable(Map<String, Object> tree, AvoidableSpec avoidable) {
    avoidable.expectedAccuracy().ifPresent(value -> tree.put("expected-accuracy", value));
    tree.put("allow-reduction", avoidable.allowReduction());
  }

  private static void putWarmUp(Map<String, Object> tree, Optional<WarmUpSpec> warmUp) {
    if (warmUp.isPresent()) {
      tree.put("warmup-intervals", warmUp.get().intervals());
      tree.put("warmup-policy", of(warmUp.get().policy()));
    }
  }

  private static <T> Map<String, Object> each(
      Map<String, T> named, Function<T, Map<String, Object>> tree) {
    Map<String, Object> trees = new LinkedHashMap<>();
    named.forEach((name, value) -> trees.put(name, tree.apply(value)));
    return trees;
  }

  private static IllegalArgumentException unknown(Object spec) {
    return new IllegalArgumentException("No form in a file for " + spec);
  }
}
