package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Position;
import dev.penstock.core.timeline.Restart;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Keep;
import dev.penstock.schemas.spec.selection.SelectionSpec.Limit;
import dev.penstock.schemas.spec.trigger.EnsembleTriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Merge, policy and ledger together, beside a sort of the whole log. */
final class TriggerLedgerTest {

  private static final SelectionSpec RESET =
      new SelectionSpec.NewData(Optional.of(0), Optional.empty());
  private static final SelectionSpec TAIL_TWO =
      new SelectionSpec.NewData(Optional.of(2), Optional.empty());
  private static final SelectionSpec LAST_70 =
      new SelectionSpec.NewData(Optional.empty(), Optional.of(new Limit(70, Keep.LAST)));

  @Test
  void firesAfterEveryNthSampleOfTheSortedLog() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 8, 500);

      List<LedgerEntry> entries =
          replay(log, new TriggerSpec.DataAmount(37), RESET, seed, Restore.NEVER);

      assertThat(entries).hasSize(500 / 37);
      for (int i = 0; i < entries.size(); i++) {
        assertThat(entries.get(i).number()).isEqualTo(i + 1);
        assertThat(entries.get(i).windowSamples()).isEqualTo(37);
        assertThat(window(log, entries.get(i)))
            .as("seed %d, entry %d", seed, i)
            .containsExactlyInAnyOrderElementsOf(log.sorted().subList(37 * i, 37 * (i + 1)));
      }
    }
  }

  @Test
  void windowsOfTailTriggersAndLastSamplesAreExact() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 8, 600);
      List<LedgerEntry> tail =
          replay(log, new TriggerSpec.DataAmount(50), TAIL_TWO, seed, Restore.NEVER);
      List<LedgerEntry> last =
          replay(log, new TriggerSpec.DataAmount(50), LAST_70, seed, Restore.NEVER);

      for (int i = 0; i < tail.size(); i++) {
        int end = 50 * (i + 1);
        assertThat(window(log, tail.get(i)))
            .containsExactlyInAnyOrderElementsOf(log.sorted().subList(Math.max(0, end - 150), end));
        assertThat(window(log, last.get(i)))
            .containsExactlyInAnyOrderElementsOf(log.sorted().subList(Math.max(0, end - 70), end));
        assertThat(last.get(i).windowSamples()).isEqualTo(Math.min(70, end));
      }
    }
  }

  @Test
  void closesWindowsOfTimeAlsoEmptyOnes() throws IOException {
    TriggerSpec trigger =
        new TriggerSpec.Time(Duration.ofMillis(10), Optional.of(Instant.ofEpochMilli(0)));
    for (int seed = 0; seed < 100; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 8, 300);

      List<LedgerEntry> entries = replay(log, trigger, RESET, seed, Restore.NEVER);

      // The markers at 300 close all windows that end by then.
      assertThat(entries).hasSize(30);
      for (int i = 0; i < entries.size(); i++) {
        long end = 10L * (i + 1);
        List<Position> expected =
            log.sorted().stream()
                .filter(position -> position.time() < end && position.time() >= end - 10)
                .toList();
        assertThat(window(log, entries.get(i))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(entries.get(i).evidence()).isEqualTo(expected.size());
      }
    }
  }

  @Test
  void neitherArrivalNorRestartsMatter() throws IOException {
    RandomLog log = new RandomLog(1, 5, 1000);
    TriggerSpec time = new TriggerSpec.Time(Duration.ofMillis(17), Optional.empty());
    TriggerSpec everyN = new TriggerSpec.EveryN(3, 13);
    TriggerSpec guarded =
        new TriggerSpec.Guarded(
            time, Optional.of(Duration.ofMillis(25)), Optional.of(20L), Optional.of(150L));
    TriggerSpec mostlyLimit =
        new TriggerSpec.Guarded(everyN, Optional.empty(), Optional.of(31L), Optional.of(40L));
    // Members that are often due at one position, of which samples alone tell of some.
    Map<String, TriggerSpec> members = new LinkedHashMap<>();
    members.put("time", new TriggerSpec.Time(Duration.ofMillis(2), Optional.empty()));
    members.put("amount", new TriggerSpec.DataAmount(4));
    members.put("start", new TriggerSpec.Time(Duration.ofMillis(3), Optional.of(Instant.EPOCH)));
    TriggerSpec ensemble = new EnsembleTriggerSpec(members, new VoteSpec.AtLeastN(2));
    for (TriggerSpec trigger :
        List.of(new TriggerSpec.DataAmount(41), time, everyN, guarded, mostlyLimit, ensemble)) {
      for (SelectionSpec selection : List.of(RESET, TAIL_TWO, LAST_70)) {
        List<String> first = texts(replay(log, trigger, selection, 0, Restore.NEVER));
        for (int seed = 1; seed < 20; seed++) {
          assertThat(texts(replay(log, trigger, selection, seed, Restore.AFTER_EVERY_BLOCK)))
              .isEqualTo(first);
        }
      }
    }
  }

  @Test
  void aGapOfYearsDoesNotFillTheLedger() {
    Timeline timeline = new Timeline(1, 0);
    TriggerLedger ledger =
        new TriggerLedger(
            new TriggerSpec.Time(Duration.ofMillis(1), Optional.of(Instant.EPOCH)), RESET);
    List<LedgerEntry> entries = new ArrayList<>();
    long now = 1_800_000_000_000L;
    for (long offset = 0; offset < 3; offset++) {
      timeline.add(SampleBlock.dense(0, offset, new long[] {now + offset}, now + offset));
      Run run = timeline.releasable();
      ledger.advance(run, entries::add);
      timeline.release(run);
    }

    assertThat(entries).hasSizeBetween(1001, 1003);
    assertThat(entries.get(entries.size() - 1).evidence()).isEqualTo(1);
  }

  private enum Restore {
    NEVER,
    AFTER_EVERY_BLOCK
  }

  private static List<LedgerEntry> replay(
      RandomLog log, TriggerSpec trigger, SelectionSpec selection, long seed, Restore restore)
      throws IOException {
    long keep = TriggerLedger.mostLastOf(selection).orElse(0);
    Timeline timeline = new Timeline(log.partitions(), keep);
    TriggerLedger ledger = new TriggerLedger(trigger, selection);
    List<LedgerEntry> entries = new ArrayList<>();
    for (SampleBlock block : log.arrival(new SplittableRandom(seed))) {
      timeline.add(block);
      Run run = timeline.releasable();
      ledger.advance(run, entries::add);
      timeline.release(run);
      if (restore == Restore.AFTER_EVERY_BLOCK) {
        DataInput states = Restart.of(timeline::write, ledger::write);
        timeline = Timeline.read(states, keep);
        ledger = new TriggerLedger(trigger, selection);
        ledger.read(states);
      }
    }
    return entries;
  }

  private static List<Position> window(RandomLog log, LedgerEntry entry) {
    return log.sorted().stream()
        .filter(
            position ->
                position.offset() >= entry.windowStart()[position.partition()]
                    && position.offset() < entry.boundary()[position.partition()])
        .toList();
  }

  private static List<String> texts(List<LedgerEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                entry.number()
                    + " "
                    + entry.answer()
                    + entry.sliceTime()
                    + Arrays.toString(entry.boundary())
                    + Arrays.toString(entry.windowStart())
                    + entry.windowSamples())
        .toList();
  }
}
