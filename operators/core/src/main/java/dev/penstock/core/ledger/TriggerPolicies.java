package dev.penstock.core.ledger;

import dev.penstock.core.block.Sight;
import dev.penstock.schemas.spec.TriggerSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes trigger policies of their specs: the only place that knows both. */
public final class TriggerPolicies {

  private TriggerPolicies() {}

  /** What a trigger has to see of samples beyond place and time; empty: nothing. */
  public static Optional<Sight> sight(TriggerSpec spec) {
    return Optional.empty();
  }

  /** The policy that {@code spec} declares. */
  public static TriggerPolicy create(TriggerSpec spec) {
    // Within no limits, too: a state is read again when limits are declared later.
    return spec instanceof TriggerSpec.Guarded guarded
        ? guarded(unguarded(guarded.trigger()), guarded)
        : guarded(
            unguarded(spec),
            new TriggerSpec.Guarded(spec, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static TriggerPolicy guarded(TriggerPolicy policy, TriggerSpec.Guarded guards) {
    return new GuardedPolicy(policy, guards);
  }

  private static TriggerPolicy unguarded(TriggerSpec spec) {
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
    throw new IllegalArgumentException("No trigger policy for " + spec);
  }
}
