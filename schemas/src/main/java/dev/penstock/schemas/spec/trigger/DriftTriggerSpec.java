package dev.penstock.schemas.spec.trigger;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Judged;
import dev.penstock.schemas.spec.trigger.drift.WindowsSpec;
import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When the newest samples are no longer like those of the last training.
 *
 * @param evaluationInterval samples from one evaluation to the next
 * @param watch what of a sample is compared
 * @param windows that are compared
 * @param sampleSize samples of a window that are compared at most, drawn by their hash; empty: all
 * @param metrics by name
 * @param aggregation of what their criteria say
 * @param warmUp before the first comparison; empty: the first evaluation fires, the second compares
 */
public record DriftTriggerSpec(
    long evaluationInterval,
    Watch watch,
    WindowsSpec windows,
    Optional<Integer> sampleSize,
    Map<String, Judged> metrics,
    VoteSpec aggregation,
    Optional<WarmUpSpec> warmUp)
    implements TriggerSpec.Evaluated {

  /** Modyn's. */
  public static final int DEFAULT_SAMPLE_SIZE = 5000;

  /** What of a sample is compared. */
  public enum Watch {
    /** Activations of the model's last hidden layer, as Modyn does. */
    EMBEDDINGS,
    /** The payload's elements. */
    FEATURES,
    /** What the model predicts: the class, or the value. */
    PREDICTIONS,
    /** Labels. */
    LABELS
  }

  public DriftTriggerSpec {
    Fields.atLeast("evaluation-interval-data-points", evaluationInterval, 1);
    requireNonNull(watch, "watch is null");
    requireNonNull(windows, "windowing-strategy is null");
    sampleSize.ifPresent(size -> Fields.atLeast("sample-size", size, 1));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    Fields.check(!metrics.isEmpty(), "metrics", "one or more", metrics);
    aggregation.checkMembers("aggregation-strategy", metrics.keySet());
    if (warmUp.isEmpty()) {
      metrics.forEach((name, metric) -> requireNoCalibration(name, metric.criterion()));
    }
  }

  private static void requireNoCalibration(String metric, CriterionSpec criterion) {
    if (criterion instanceof CriterionSpec.DynamicQuantile
        || criterion instanceof CriterionSpec.DynamicRollingAverage) {
      throw new IllegalArgumentException(
          "warmup-policy must be given, with warmup-intervals: the criterion of metric "
              + metric
              + " compares with past scores, of which there are none at the start");
    }
  }
}
