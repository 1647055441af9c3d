package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.LedgerEntry;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Keep;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Modyn's cases of new data: the windows of a pipeline's ledger whose triggers are where the case
 * has them, and of a window as many samples as its limit allows.
 */
final class ConformanceNewData {

  /** Samples of a trigger share a second, the next one's first sample ends it. */
  private static final int MILLIS = 1000;

  private ConformanceNewData() {}

  static Object run(JsonNode given) {
    OptionalLong limit = ConformanceSelection.limit(given.path("limit"));
    List<LedgerEntry> fired = fired(given.required("triggers"), selection(given, limit));
    int offset = given.required("triggers").get(0).get(0).asInt();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> partitions = new ArrayList<>();
    List<List<Integer>> ranges = new ArrayList<>();
    List<List<Integer>> windows = new ArrayList<>();
    List<Integer> keys = List.of();
    for (int trigger = 0; trigger < fired.size(); trigger++) {
      LedgerEntry entry = fired.get(trigger);
      int from = offset + (int) entry.windowStart()[0];
      int to = offset + (int) entry.boundary()[0];
      long size = Math.min(entry.windowSamples(), limit.orElse(Long.MAX_VALUE));
      keys =
          ConformanceSelection.chosen(IntStream.range(from, to).toArray(), size, trigger).stream()
              .sorted()
              .toList();
      sizes.add(keys.size());
      long most = given.required("max_keys").asLong();
      partitions.add(ConformanceSelection.pieces(keys.size(), most).size());
      windows.add(List.of(from, to));
      ranges.add(
          isRange(keys) ? List.of(Collections.min(keys), Collections.max(keys) + 1) : List.of());
    }
    return ConformanceAnswers.of(
        "keys",
        keys,
        "size",
        sizes.get(sizes.size() - 1),
        "sizes",
        sizes,
        "partitions",
        partitions,
        "ranges",
        ranges,
        "subset_of",
        windows,
        "proper_subset_of",
        windows);
  }

  /** What Modyn calls {@code lastX} are the last samples of all history. */
  private static SelectionSpec selection(JsonNode given, OptionalLong limit) {
    JsonNode tail = given.path("tail");
    boolean isLast = given.path("limit_reset").asText().equals("lastX") && !tail.isNumber();
    return new SelectionSpec.NewData(
        tail.isNumber() ? Optional.of(tail.asInt()) : Optional.empty(),
        limit.isPresent()
            ? Optional.of(
                new SelectionSpec.Limit(limit.getAsLong(), isLast ? Keep.LAST : Keep.RANDOM))
            : Optional.empty());
  }

  /** The ledger's entries of ranges of samples that follow each other, a trigger each. */
  private static List<LedgerEntry> fired(JsonNode triggers, SelectionSpec selection) {
    List<Long> times = new ArrayList<>();
    int before = triggers.get(0).get(0).asInt();
    for (int trigger = 0; trigger < triggers.size(); trigger++) {
      int from = triggers.get(trigger).get(0).asInt();
      if (from != before) {
        throw new IllegalArgumentException("triggers must follow each other, got " + triggers);
      }
      before = triggers.get(trigger).get(1).asInt();
      times.addAll(Collections.nCopies(before - from, (long) trigger * MILLIS));
    }
    times.add((long) triggers.size() * MILLIS);
    TriggerLedger ledger =
        new TriggerLedger(
            new TriggerSpec.Time(Duration.ofMillis(MILLIS), Optional.of(Instant.EPOCH)), selection);
    Timeline timeline = new Timeline(1, 0);
    long[] all = times.stream().mapToLong(time -> time).toArray();
    timeline.add(SampleBlock.dense(0, 0, all, all[all.length - 1]));
    Run run = timeline.releasable();
    List<LedgerEntry> fired = new ArrayList<>();
    ledger.advance(
        run,
        entry -> {
          if (entry.answer().outcome() == Outcome.FIRED) {
            fired.add(entry);
          }
        });
    return fired;
  }

  private static boolean isRange(List<Integer> keys) {
    return !keys.isEmpty() && Collections.max(keys) - Collections.min(keys) + 1 == keys.size();
  }
}
