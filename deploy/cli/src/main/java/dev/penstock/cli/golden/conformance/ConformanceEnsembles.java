package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.policy.ModynCases;
import dev.penstock.core.vote.EnsembleVotes;
import dev.penstock.core.vote.EnsembleVotes.Outcome;
import dev.penstock.core.vote.VoteRule;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Modyn's ensembles of triggers. */
final class ConformanceEnsembles {

  private ConformanceEnsembles() {}

  /** Where the ensemble fires, of the members' votes so far and the next ones. */
  static Object findNext(JsonNode given) {
    List<Object> found = new ArrayList<>();
    for (JsonNode golden : given.required("cases")) {
      JsonNode decisions = golden.required("decisions");
      int members = decisions.size();
      EnsembleVotes votes =
          new EnsembleVotes(members, new VoteRule.AtLeast(golden.required("n").asInt()));
      boolean[] sofar = new boolean[members];
      SortedMap<Long, boolean[]> next = new TreeMap<>();
      for (int i = 0; i < members; i++) {
        sofar[i] = decisions.get(i).asInt() == 1;
        JsonNode index = golden.required("next").get(i);
        if (index.isNumber()) {
          next.computeIfAbsent(index.asLong(), position -> new boolean[members])[i] = true;
        }
      }
      votes.add(sofar);
      Optional<Long> first =
          next.entrySet().stream()
              .filter(entry -> votes.add(entry.getValue()) == Outcome.FIRED)
              .map(Map.Entry::getKey)
              .findFirst();
      found.add(ModynCases.nullable(first));
    }
    return found;
  }

  /** Triggers of every batch, and each position at which the members' votes changed. */
  static Object inform(JsonNode given) {
    List<long[]> chunks = new ArrayList<>();
    for (JsonNode batch : given.required("batches")) {
      chunks.add(times(batch));
    }
    List<List<List<Long>>> members = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : given.required("subtriggers").properties()) {
      members.add(ModynCases.fired(trigger(member.getValue()), chunks));
    }
    EnsembleVotes votes = new EnsembleVotes(members.size(), rule(given));
    List<List<Long>> triggers = new ArrayList<>();
    List<Long> evaluated = new ArrayList<>();
    List<Boolean> fired = new ArrayList<>();
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      List<Long> ofChunk = new ArrayList<>();
      for (Map.Entry<Long, boolean[]> position : positions(members, chunk).entrySet()) {
        Outcome outcome = votes.add(position.getValue());
        if (outcome != Outcome.UNCHANGED) {
          evaluated.add(position.getKey());
          fired.add(outcome == Outcome.FIRED);
        }
        if (outcome == Outcome.FIRED) {
          ofChunk.add(position.getKey());
        }
      }
      triggers.add(ofChunk);
    }
    return Map.of(
        "triggers",
        triggers,
        "intended",
        triggers,
        "evaluated_indexes",
        evaluated,
        "evaluated_fired",
        fired);
  }

  /** Listed, or one a second from a start. */
  private static long[] times(JsonNode batch) {
    if (batch.has("ts")) {
      return ModynCases.millis(batch.get("ts"));
    }
    long[] times = new long[batch.required("n").asInt()];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1000 * (batch.required("ts0").asLong() + i);
    }
    return times;
  }

  private static SortedMap<Long, boolean[]> positions(List<List<List<Long>>> members, int chunk) {
    SortedMap<Long, boolean[]> positions = new TreeMap<>();
    for (int member = 0; member < members.size(); member++) {
      for (long index : members.get(member).get(chunk)) {
        positions.computeIfAbsent(index, position -> new boolean[members.size()])[member] = true;
      }
    }
    return positions;
  }

  private static TriggerSpec trigger(JsonNode setting) {
    return setting.isNumber()
        ? new TriggerSpec.DataAmount(setting.asLong())
        : new TriggerSpec.Time(ModynCases.duration(setting), Optional.empty());
  }

  private static VoteRule rule(JsonNode given) {
    return given.path("majority").asBoolean()
        ? new VoteRule.Majority()
        : new VoteRule.AtLeast(given.required("at_least").asInt());
  }
}
