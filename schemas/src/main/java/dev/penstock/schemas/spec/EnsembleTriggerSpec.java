package dev.penstock.schemas.spec;

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

  public EnsembleTriggerSpec {
    subtriggers = Collections.unmodifiableMap(new LinkedHashMap<>(subtriggers));
    Fields.check(!subtriggers.isEmpty(), "subtriggers", "one or more", "none");
    strategy.checkMembers("ensemble-strategy", subtriggers.keySet());
  }
}
