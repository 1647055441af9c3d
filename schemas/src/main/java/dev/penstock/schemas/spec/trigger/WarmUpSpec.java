package dev.penstock.schemas.spec.trigger;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;

/**
 * Evaluations at the start at which another policy is asked in place of one that must learn first.
 *
 * @param intervals evaluations that it lasts
 * @param policy that is asked: by time or amount, as Modyn's, or always or never
 */
public record WarmUpSpec(long intervals, TriggerSpec policy) {

  public WarmUpSpec {
    requireNonNull(policy, "warmup-policy is null");
    Fields.atLeast("warmup-intervals", intervals, 1);
    Fields.check(
        policy instanceof TriggerSpec.DataAmount
            || policy instanceof TriggerSpec.Time
            || policy instanceof TriggerSpec.EveryN
            || policy instanceof TriggerSpec.Never,
        "warmup-policy",
        "data-amount, time, always, every-n or never",
        policy);
  }
}
