package dev.penstock.core.ledger;

import dev.penstock.core.block.Sight;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.trigger.DataAmountPolicy;
import dev.penstock.core.trigger.EnsemblePolicy;
import dev.penstock.core.trigger.EveryNPolicy;
import dev.penstock.core.trigger.GuardedPolicy;
import dev.penstock.core.trigger.NeverPolicy;
import dev.penstock.core.trigger.TimePolicy;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.core.trigger.watching.WarmUp;
import dev.penstock.core.trigger.watching.WatchingPolicies;
import dev.penstock.core.vote.VoteRules;
import dev.penstock.schemas.spec.trigger.CostTriggerSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec;
import dev.penstock.schemas.spec.trigger.EnsembleTriggerSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec.Guarded.InFlight;
import dev.penstock.schemas.spec.trigger.WarmUpSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes trigger policies of their specs: the only place that knows both. */
public final class TriggerPolicies {

  private TriggerPolicies() {}

  /** What a trigger has to see of samples beyond place and time; empty: nothing. */
  public static Optional<Sight> sight(TriggerSpec spec) {
    if (spec instanceof TriggerSpec.Guarded guarded) {
      Optional<Sight> inner = sight(guarded.trigger());
      return guarded.inFlight() == InFlight.QUEUE
          ? inner
          : Optional.of(inner.orElse(Sight.FEEDBACK));
    }
    if (spec instanceof EnsembleTriggerSpec ensemble) {
      return ensemble.subtriggers().values().stream()
          .map(TriggerPolicies::sight)
          .flatMap(Optional::stream)
          .reduce(Sight::and);
    }
    return WatchingPolicies.sight(spec);
  }

  /** The policy that {@code spec} declares. */
  public static TriggerPolicy create(TriggerSpec spec, TriggerContext context) {
    // Within no limits, too: a state is read again when limits are declared later.
    TriggerSpec.Guarded guards =
        spec instanceof TriggerSpec.Guarded guarded ? guarded : TriggerSpec.Guarded.unlimited(spec);
    return new GuardedPolicy(unguarded(guards.trigger(), context), guards, context.pipeline());
  }

  private static TriggerPolicy unguarded(TriggerSpec spec, TriggerContext context) {
    if (spec instanceof TriggerSpec.DataAmount amount) {
      return new DataAmountPolicy(amount.numSamples());
    }
    if (spec instanceof TriggerSpec.Time time) {
      OptionalLong start =
          time.startTimestamp()
              .map(Instant::toEpochMilli)
              .map(OptionalLong::of)
              .orElseGet(OptionalLong::empty);
      return new TimePolicy(time.every().toMillis(), start);
    }
    if (spec instanceof TriggerSpec.Never) {
      return new NeverPolicy();
    }
    if (spec instanceof TriggerSpec.EveryN every) {
      return new EveryNPolicy(every.n(), every.evaluationInterval());
    }
    if (spec instanceof EnsembleTriggerSpec ensemble) {
      return ensemble(ensemble, context);
    }
    WarmUp warmUp =
        warmUp(spec)
            .map(
                declared -> new WarmUp(declared.intervals(), unguarded(declared.policy(), context)))
            .orElseGet(() -> new WarmUp(0, new NeverPolicy()));
    return WatchingPolicies.create(spec, context, warmUp);
  }

  private static TriggerPolicy ensemble(EnsembleTriggerSpec spec, TriggerContext context) {
    List<String> names = List.copyOf(spec.subtriggers().keySet());
    List<TriggerPolicy> members = new ArrayList<>();
    for (TriggerSpec member : spec.subtriggers().values()) {
      long seed = SampleHash.derive(context.seed(), members.size());
      members.add(create(member, context.with(seed)));
    }
    return new EnsemblePolicy(names, members, VoteRules.create(spec.strategy(), names));
  }

  private static Optional<WarmUpSpec> warmUp(TriggerSpec spec) {
    if (spec instanceof DriftTriggerSpec drift) {
      return drift.warmUp();
    }
    if (spec instanceof PerformanceTriggerSpec performance) {
      return performance.warmUp();
    }
    return spec instanceof CostTriggerSpec cost ? cost.warmUp() : Optional.empty();
  }
}
