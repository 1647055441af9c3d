package dev.penstock.schemas.spec.trigger.drift;

import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Drift metrics and decision criteria as maps, in the form of their files. */
public final class MetricTree {

  private MetricTree() {}

  public static Map<String, Object> of(DriftMetricSpec.Judged judged) {
    Map<String, Object> tree = of(judged.metric());
    tree.put("decision-criterion", of(judged.criterion()));
    return tree;
  }

  private static Map<String, Object> of(DriftMetricSpec metric) {
    Map<String, Object> tree = type(metric.type());
    if (metric instanceof DriftMetricSpec.Univariate univariate) {
      univariate.bins().ifPresent(bins -> tree.put("bins", bins));
      tree.put("aggregation", YamlMap.kebab(univariate.aggregation()));
      univariate.columnThreshold().ifPresent(value -> tree.put("column-threshold", value));
      return tree;
    }
    if (metric instanceof DriftMetricSpec.Mmd mmd) {
      mmd.sigma().ifPresent(sigma -> tree.put("sigma", sigma));
      mmd.numPermutations().ifPresent(number -> tree.put("num-permutations", number));
      tree.put("standardize", mmd.standardize());
      return tree;
    }
    if (metric instanceof DriftMetricSpec.Lsdd lsdd) {
      lsdd.sigma().ifPresent(sigma -> tree.put("sigma", sigma));
      lsdd.numCentres().ifPresent(number -> tree.put("num-centres", number));
      tree.put("largest-difference", lsdd.largestDifference());
      tree.put("num-permutations", lsdd.numPermutations());
      tree.put("standardize", lsdd.standardize());
      return tree;
    }
    if (metric instanceof DriftMetricSpec.MeanDistance distance) {
      tree.put("norm", YamlMap.kebab(distance.norm()));
      tree.put("standardize", distance.standardize());
      return tree;
    }
    if (metric instanceof DriftMetricSpec.Classifier) {
      return tree;
    }
    throw unknown(metric);
  }

  public static Map<String, Object> of(CriterionSpec criterion) {
    if (criterion instanceof CriterionSpec.Threshold threshold) {
      Map<String, Object> tree = type("threshold");
      tree.put("threshold", threshold.threshold());
      return tree;
    }
    if (criterion instanceof CriterionSpec.PValue pValue) {
      Map<String, Object> tree = type("p-value");
      tree.put("alpha", pValue.alpha());
      return tree;
    }
    if (criterion instanceof CriterionSpec.DynamicQuantile quantile) {
      Map<String, Object> tree = type("dynamic-quantile");
      tree.put("window-size", quantile.windowSize());
      tree.put("quantile", quantile.quantile());
      return tree;
    }
    if (criterion instanceof CriterionSpec.DynamicRollingAverage average) {
      Map<String, Object> tree = type("dynamic-rolling-average");
      tree.put("window-size", average.windowSize());
      tree.put("deviation", average.deviation());
      tree.put("absolute", average.absolute());
      return tree;
    }
    if (criterion instanceof CriterionSpec.Hysteresis hysteresis) {
      Map<String, Object> tree = type("hysteresis");
      tree.put("fire", hysteresis.fire());
      tree.put("rearm", hysteresis.rearm());
      return tree;
    }
    if (criterion instanceof CriterionSpec.Alarms alarms) {
      Map<String, Object> tree = type("alarms");
      tree.put("budget", alarms.budget().toString());
      return tree;
    }
    throw unknown(criterion);
  }

  private static Map<String, Object> type(String type) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", type);
    return tree;
  }

  private static IllegalArgumentException unknown(Object spec) {
    return new IllegalArgumentException("No text form of " + spec);
  }
}
