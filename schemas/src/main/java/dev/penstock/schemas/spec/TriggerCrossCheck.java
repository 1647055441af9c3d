package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.trigger.CostTriggerSpec;
import dev.penstock.schemas.spec.trigger.DetectorTriggerSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec;
import dev.penstock.schemas.spec.trigger.EnsembleTriggerSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Metric;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.PerformanceCriterion;
import dev.penstock.schemas.spec.trigger.TriggerSpec;

/** Finds triggers that look at what a dataset does not have. */
final class TriggerCrossCheck {

  private final ReadPipeline pipeline;
  private final DatasetSpec dataset;

  TriggerCrossCheck(ReadPipeline pipeline, DatasetSpec dataset) {
    this.pipeline = pipeline;
    this.dataset = dataset;
  }

  void check() {
    check("trigger", pipeline.spec().trigger());
  }

  private void check(String path, TriggerSpec trigger) {
    if (trigger instanceof TriggerSpec.Guarded guarded) {
      check(path, guarded.trigger());
    } else if (trigger instanceof EnsembleTriggerSpec ensemble) {
      ensemble
          .subtriggers()
          .forEach((name, member) -> check(path + ".subtriggers." + name, member));
    } else if (trigger instanceof DriftTriggerSpec drift) {
      if (drift.watch() == DriftTriggerSpec.Watch.LABELS) {
        requireLabels(path + ".watch");
      }
    } else if (trigger instanceof DetectorTriggerSpec detector) {
      check(path, detector);
    } else if (trigger instanceof PerformanceTriggerSpec performance) {
      performance
          .decisionCriteria()
          .forEach((name, criterion) -> check(path + ".decision-criteria." + name, criterion));
    } else if (trigger instanceof CostTriggerSpec.AvoidableMisclassification) {
      requireClasses(path + ".type");
    }
  }

  private void check(String path, DetectorTriggerSpec detector) {
    switch (detector.watch()) {
      case ERROR -> requireClasses(path + ".watch");
      case LOSS, LABEL -> requireLabels(path + ".watch");
      case FEATURE -> {
        int column = detector.column().orElse(0);
        if (dataset.payload() instanceof PayloadSpec.Tensor tensor && column >= tensor.elements()) {
          pipeline.problem(
              path + ".column",
              "must be below the " + tensor.elements() + " elements of a payload, got " + column);
        }
      }
    }
  }

  private void check(String path, PerformanceCriterion criterion) {
    if (criterion instanceof PerformanceCriterion.OfMetric ofMetric
        && ofMetric.metric() == Metric.MSE) {
      if (!(dataset.label() instanceof LabelSpec.Real)) {
        pipeline.problem(path + ".metric", "must be one of classes, since labels are, got mse");
      }
      return;
    }
    requireClasses(path + ".metric");
  }

  private void requireClasses(String path) {
    if (!(dataset.label() instanceof LabelSpec.Classes)) {
      pipeline.problem(
          path, "must have a dataset whose labels are classes, got " + kind(dataset.label()));
    }
  }

  private void requireLabels(String path) {
    if (dataset.label() instanceof LabelSpec.None) {
      pipeline.problem(path, "must have a dataset with labels, got none");
    }
  }

  private static String kind(LabelSpec label) {
    return label instanceof LabelSpec.None ? "none" : "real";
  }
}
