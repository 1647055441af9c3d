package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Restart;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Keep;
import dev.penstock.schemas.spec.selection.SelectionSpec.Limit;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pipeline that is taken up from a savepoint with another trigger or selection than before. */
final class ChangedSpecTest {

  private static final SelectionSpec RESET = tail(0);
  private static final TriggerSpec EVERY_TEN = new TriggerSpec.DataAmount(10);

  private Timeline timeline = new Timeline(1, 0);
  private long offset;

  @Test
  void aLoweredAmountThatHasBeenExceededFiresAtOnce() throws IOException {
    TriggerLedger ledger = new TriggerLedger(new TriggerSpec.DataAmount(1000), RESET);
    feed(ledger, 900);

    List<LedgerEntry> entries =
        feed(restored(ledger, new TriggerSpec.DataAmount(500), RESET), 1000);

    assertThat(entries).extracting(LedgerEntry::evidence).containsExactly(900L, 500L, 500L);
    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(900L, 500L, 500L);
    assertThat(entries.get(0).answer().reason())
        .isEqualTo("900 samples since the last trigger, 500 declared");
  }

  @Test
  void aPolicyOfAnotherTypeStartsAfresh() throws IOException {
    TriggerLedger ledger =
        new TriggerLedger(new TriggerSpec.Time(Duration.ofMillis(100), Optional.empty()), RESET);
    assertThat(feed(ledger, 250)).hasSize(2);

    List<LedgerEntry> entries = feed(restored(ledger, EVERY_TEN, RESET), 10);

    assertThat(entries).extracting(LedgerEntry::number).containsExactly(3L);
    // Its first window begins where the last one ended, at 200.
    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(60L);
    assertThat(entries.get(0).boundary()).containsExactly(260);
  }

  @Test
  void fewerTailTriggersTakeEffectAtOnce() throws IOException {
    TriggerLedger ledger = new TriggerLedger(EVERY_TEN, tail(4));
    feed(ledger, 100);

    List<LedgerEntry> entries = feed(restored(ledger, EVERY_TEN, tail(1)), 20);

    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(20L, 20L);
  }

  @Test
  void moreTailTriggersReachBackAsFarAsTheStateDoes() throws IOException {
    TriggerLedger ledger = new TriggerLedger(EVERY_TEN, tail(1));
    feed(ledger, 100);

    List<LedgerEntry> entries = feed(restored(ledger, EVERY_TEN, tail(3)), 30);

    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(20L, 30L, 40L);
  }

  @Test
  void aHigherLimitReachesBackAsFarAsTheStateDoes() throws IOException {
    timeline = new Timeline(1, 5);
    TriggerLedger ledger = new TriggerLedger(EVERY_TEN, last(5));
    feed(ledger, 300_000);
    timeline = Timeline.read(Restart.of(timeline::write), 22);

    ledger = restored(ledger, EVERY_TEN, last(22));
    List<LedgerEntry> entries = feed(ledger, 10);
    ledger = restored(ledger, EVERY_TEN, last(22));
    entries.addAll(feed(ledger, 20));

    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(15L, 22L, 22L);
    assertThat(entries)
        .extracting(entry -> entry.windowStart()[0])
        .containsExactly(299_995L, 299_998L, 300_008L);
  }

  @Test
  void aNewLimitBeginsWhereItIsDeclared() throws IOException {
    TriggerLedger ledger = new TriggerLedger(EVERY_TEN, all());
    feed(ledger, 100);
    timeline = Timeline.read(Restart.of(timeline::write), 15);

    List<LedgerEntry> entries = feed(restored(ledger, EVERY_TEN, last(15)), 20);

    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(10L, 15L);
  }

  private static SelectionSpec tail(int triggers) {
    return new SelectionSpec.NewData(Optional.of(triggers), Optional.empty());
  }

  private static SelectionSpec all() {
    return new SelectionSpec.NewData(Optional.empty(), Optional.empty());
  }

  private static SelectionSpec last(long samples) {
    return new SelectionSpec.NewData(Optional.empty(), Optional.of(new Limit(samples, Keep.LAST)));
  }

  /** Samples one millisecond apart: offset and time are the same. */
  private List<LedgerEntry> feed(TriggerLedger ledger, int samples) {
    long start = offset;
    offset += samples;
    long[] column = new long[samples];
    Arrays.setAll(column, i -> start + i);
    timeline.add(SampleBlock.dense(0, start, column, offset - 1));
    List<LedgerEntry> entries = new ArrayList<>();
    Run run = timeline.releasable();
    ledger.advance(run, entries::add);
    timeline.release(run);
    return entries;
  }

  private static TriggerLedger restored(
      TriggerLedger ledger, TriggerSpec trigger, SelectionSpec selection) throws IOException {
    TriggerLedger restored = new TriggerLedger(trigger, selection);
    restored.read(Restart.of(ledger::write));
    return restored;
  }
}
