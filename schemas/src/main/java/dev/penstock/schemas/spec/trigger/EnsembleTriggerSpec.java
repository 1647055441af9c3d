package dev.penstock.schemas.spec.trigger;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When enough other triggers have fired since the last time.
 *
 * @param subtriggers by name; of any kind, ensembles too
 * @param strategy how many suffice
 */
public record EnsembleTriggerSpec(Map<String, TriggerSpec> subtriggers, VoteSpec strategy)
    implements TriggerSpec {

  /** What fires despite a policy is of the whole: a member's vote alone triggers nothing. */
  private static void requireNoLimit(String name, TriggerSpec member) {
    if (member instanceof TriggerSpec.Guarded guarded) {
      Fields.check(
          guarded.maxSamples().isEmpty(),
          "subtriggers." + name + ".max-samples",
          "given to the ensemble instead",
          guarded.maxSamples().orElse(0L));
      Fields.check(
          guarded.inFlight() == TriggerSpec.Guarded.InFlight.QUEUE,
          "subtriggers." + name + ".in-flight",
          "given to the ensemble instead",
          YamlMap.kebab(guarded.inFlight()));
    }
  }

  public EnsembleTriggerSpec {
    subtriggers = Collections.unmodifiableMap(new LinkedHashMap<>(subtriggers));
    Fields.check(!subtriggers.isEmpty(), "subtriggers", "one or more", "none");
    subtriggers.forEach(EnsembleTriggerSpec::requireNoLimit);
    strategy.checkMembers("ensemble-strategy", subtriggers.keySet());
  }
}
