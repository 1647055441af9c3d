package dev.penstock.schemas.spec.trigger;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When the newest model does worse on the newest samples than it should.
 *
 * @param evaluationInterval samples from one evaluation to the next
 * @param outlook what is expected of models
 * @param mode whether the last block is judged or the next
 * @param decisionCriteria by name, of which one suffices
 * @param warmUp before the first is judged; empty: the first evaluation fires, the second judges
 */
public record PerformanceTriggerSpec(
    long evaluationInterval,
    OutlookSpec outlook,
    Mode mode,
    Map<String, PerformanceCriterion> decisionCriteria,
    Optional<WarmUpSpec> warmUp)
    implements TriggerSpec.Evaluated {

  /** What is judged. */
  public enum Mode {
    /** How the model did on the last block. */
    HINDSIGHT,
    /** How it will do on the next one, forecast from the blocks since its training. */
    LOOKAHEAD
  }

  /** How a model does on a block. */
  public enum Metric {
    ACCURACY,
    TOP_2_ACCURACY,
    TOP_3_ACCURACY,
    TOP_5_ACCURACY,
    MACRO_F1,
    LOG_LOSS,
    /** Mean squared error. */
    MSE;

    /** Which values are bad. */
    public CriterionSpec.Worse worse() {
      return this == LOG_LOSS || this == MSE
          ? CriterionSpec.Worse.HIGHER
          : CriterionSpec.Worse.LOWER;
    }
  }

  /** What judges a block. */
  public sealed interface PerformanceCriterion {

    /** Of a metric. */
    record OfMetric(Metric metric, CriterionSpec criterion) implements PerformanceCriterion {

      public OfMetric {
        requireNonNull(metric, "metric is null");
        requireNonNull(criterion, "criterion is null");
        Fields.check(
            !(criterion instanceof CriterionSpec.PValue), "type", "not p-value", "p-value");
        if (criterion instanceof CriterionSpec.Hysteresis hysteresis) {
          hysteresis.requireOrder("type", metric.worse());
        }
      }
    }

    /**
     * Of the misclassifications since the last trigger that a new model would have avoided.
     *
     * @param threshold at which it fires
     * @param avoidable how they are counted
     */
    record Misclassifications(long threshold, AvoidableSpec avoidable)
        implements PerformanceCriterion {

      public Misclassifications {
        Fields.atLeast("avoidable-misclassification-threshold", threshold, 1);
      }
    }
  }

  public PerformanceTriggerSpec {
    Fields.atLeast("evaluation-interval-data-points", evaluationInterval, 1);
    requireNonNull(mode, "mode is null");
    decisionCriteria = Collections.unmodifiableMap(new LinkedHashMap<>(decisionCriteria));
    Fields.check(!decisionCriteria.isEmpty(), "decision-criteria", "one or more", "none");
    for (Map.Entry<String, PerformanceCriterion> named : decisionCriteria.entrySet()) {
      if (named.getValue() instanceof PerformanceCriterion.OfMetric ofMetric) {
        if (mode == Mode.LOOKAHEAD && ofMetric.metric != Metric.ACCURACY) {
          throw new IllegalArgumentException(
              "mode must be hindsight for "
                  + YamlMap.kebab(ofMetric.metric)
                  + ", since only accuracy is forecast, got lookahead");
        }
        if (warmUp.isEmpty() && ofMetric.criterion.needsCalibration()) {
          throw new IllegalArgumentException(
              "warmup-policy must be given, with warmup-intervals: criterion "
                  + named.getKey()
                  + " compares with past scores, of which there are none at the start");
        }
      }
    }
  }
}
