package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.Sight;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.schemas.spec.trigger.CostTriggerSpec;
import dev.penstock.schemas.spec.trigger.DetectorTriggerSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.util.Optional;

/** Makes policies that look at samples of their specs. */
public final class WatchingPolicies {

  private WatchingPolicies() {}

  /** What a policy has to see of samples; empty: it is none of these. */
  public static Optional<Sight> sight(TriggerSpec spec) {
    if (spec instanceof DriftTriggerSpec drift) {
      return Optional.of(
          switch (drift.watch()) {
            case EMBEDDINGS, FEATURES -> Sight.PAYLOAD;
            case PREDICTIONS -> Sight.ALL;
            case LABELS -> Sight.FEEDBACK;
          });
    }
    if (spec instanceof DetectorTriggerSpec detector) {
      return Optional.of(
          switch (detector.watch()) {
            case ERROR, LOSS -> Sight.LABELLED;
            case FEATURE -> Sight.PAYLOAD;
            case LABEL -> Sight.FEEDBACK;
          });
    }
    if (spec instanceof PerformanceTriggerSpec
        || spec instanceof CostTriggerSpec.AvoidableMisclassification) {
      return Optional.of(Sight.LABELLED);
    }
    return spec instanceof CostTriggerSpec.IncorporationLatency
        ? Optional.of(Sight.FEEDBACK)
        : Optional.empty();
  }

  /**
   * The policy that {@code spec} declares.
   *
   * @param warmUp as it declares, or one that is over
   */
  public static TriggerPolicy create(TriggerSpec spec, TriggerContext context, WarmUp warmUp) {
    if (spec instanceof DriftTriggerSpec drift) {
      return new DriftPolicy(drift, context, warmUp);
    }
    if (spec instanceof DetectorTriggerSpec detector) {
      return new DetectorPolicy(detector, context);
    }
    if (spec instanceof PerformanceTriggerSpec performance) {
      return new PerformancePolicy(performance, context, warmUp);
    }
    if (spec instanceof CostTriggerSpec cost) {
      return new CostPolicy(cost, context, warmUp);
    }
    throw new IllegalArgumentException("No trigger policy for " + spec);
  }
}
