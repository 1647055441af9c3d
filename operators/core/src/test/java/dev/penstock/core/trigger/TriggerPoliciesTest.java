package dev.penstock.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.spec.TriggerSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TriggerPoliciesTest {

  /** One spec of every kind; a new kind fails the test until it is here. */
  private static final Map<Class<?>, TriggerSpec> SPECS =
      Map.of(
          TriggerSpec.DataAmount.class,
          new TriggerSpec.DataAmount(3),
          TriggerSpec.Time.class,
          new TriggerSpec.Time(Duration.ofDays(1), Optional.empty()),
          TriggerSpec.Never.class,
          new TriggerSpec.Never(),
          TriggerSpec.EveryN.class,
          new TriggerSpec.EveryN(2, 10),
          TriggerSpec.Guarded.class,
          new TriggerSpec.Guarded(
              new TriggerSpec.EveryN(1, 10), Optional.empty(), Optional.of(5L), Optional.empty()));

  @Test
  void everyKindOfTriggerHasItsPolicy() {
    assertThat(SPECS.keySet())
        .containsExactlyInAnyOrder(TriggerSpec.class.getPermittedSubclasses());
    assertThat(SPECS.values().stream().map(TriggerPolicies::create).map(TriggerPolicy::type))
        .containsExactlyInAnyOrder("data-amount", "time", "never", "every-n", "always");
  }
}
