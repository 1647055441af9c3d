package dev.penstock.core.trigger;

import dev.penstock.schemas.spec.TriggerSpec;
import java.time.Instant;
import java.util.OptionalLong;

/** Makes trigger policies of their specs: the only place that knows both. */
public final class TriggerPolicies {

  private TriggerPolicies() {}

  /** The policy that {@code spec} declares. */
  public static TriggerPolicy<?> create(TriggerSpec spec) {
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
    throw new IllegalArgumentException("No trigger policy for " + spec);
  }
}
