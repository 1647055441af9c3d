package dev.penstock.schemas.spec.trigger;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Optional;

/** When it costs more to wait than to train. */
public sealed interface CostTriggerSpec extends TriggerSpec.Evaluated {

  /** Modyn's. */
  int DEFAULT_WINDOW = 1000;

  /** Trainings that the cost of the next one is learned from. */
  int costTrackingWindowSize();

  Optional<WarmUpSpec> warmUp();

  /**
   * Waiting is paid by the sample.
   *
   * @param perTrainingSecond training seconds that a second's wait of a sample is worth
   */
  record IncorporationLatency(
      long evaluationInterval,
      double perTrainingSecond,
      int costTrackingWindowSize,
      Optional<WarmUpSpec> warmUp)
      implements CostTriggerSpec {

    public IncorporationLatency {
      Fields.atLeast("evaluation-interval-data-points", evaluationInterval, 1);
      Fields.positive("incorporation-delay-per-training-second", perTrainingSecond);
      Fields.atLeast("cost-tracking-window-size", costTrackingWindowSize, 1);
    }
  }

  /**
   * Waiting is paid by the misclassification that a new model would have avoided.
   *
   * @param perTrainingSecond training seconds that a second's wait of one is worth
   * @param avoidable how they are counted
   * @param outlook what is expected of a new model
   */
  record AvoidableMisclassification(
      long evaluationInterval,
      double perTrainingSecond,
      AvoidableSpec avoidable,
      OutlookSpec outlook,
      int costTrackingWindowSize,
      Optional<WarmUpSpec> warmUp)
      implements CostTriggerSpec {

    public AvoidableMisclassification {
      Fields.atLeast("evaluation-interval-data-points", evaluationInterval, 1);
      Fields.positive("avoidable-misclassification-latency-per-training-second", perTrainingSecond);
      Fields.atLeast("cost-tracking-window-size", costTrackingWindowSize, 1);
    }
  }
}
