package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TriggerPoliciesTest {

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeHasItsPolicy(String type) {
    TriggerSpec spec = Triggers.read(type);

    assertThat(TriggerPolicies.create(spec, TriggerContext.BLIND).type()).isEqualTo(type);
  }

  /** A new kind of spec fails this test until there is an example of it. */
  @Test
  void thereIsAnExampleOfEveryKind() {
    Set<Class<?>> examples = new HashSet<>();
    for (String type : types()) {
      TriggerSpec spec = Triggers.read(type);
      examples.add(spec.getClass());
      if (spec instanceof TriggerSpec.Guarded guarded) {
        examples.add(guarded.trigger().getClass());
      }
    }
    assertThat(examples).containsExactlyInAnyOrderElementsOf(kinds(TriggerSpec.class));
  }

  private static List<Class<?>> kinds(Class<?> type) {
    Class<?>[] kinds = type.getPermittedSubclasses();
    List<Class<?>> leaves = new ArrayList<>();
    if (kinds == null) {
      leaves.add(type);
    } else {
      for (Class<?> kind : kinds) {
        leaves.addAll(kinds(kind));
      }
    }
    return leaves;
  }

  static Set<String> types() {
    return Triggers.EXAMPLES.keySet();
  }
}
