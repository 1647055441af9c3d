package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimePolicyTest {

  private static final SelectionSpec RESET =
      new SelectionSpec.NewData(Optional.of(0), Optional.empty());

  @Test
  void aWindowIsOpenAtItsEnd() {
    List<LedgerEntry> entries = replay(every(10), 0, 9, 10, 19, 20);

    assertThat(entries).extracting(LedgerEntry::evidence).containsExactly(2L, 2L);
    assertThat(entries).extracting(LedgerEntry::sliceTime).containsExactly(9L, 19L);
  }

  @Test
  void theFirstWindowAlsoHoldsWhatStandsBeforeIt() {
    TriggerSpec trigger =
        new TriggerSpec.Time(Duration.ofMillis(10), Optional.of(Instant.ofEpochMilli(100)));

    List<LedgerEntry> entries = replay(trigger, 3, 50, 105, 110);

    assertThat(entries).extracting(LedgerEntry::evidence).containsExactly(3L);
  }

  @Test
  void everyWindowOfAGapIsAnswered() {
    List<LedgerEntry> entries = replay(every(10), 0, 35);

    assertThat(entries).extracting(LedgerEntry::evidence).containsExactly(1L, 0L, 0L);
    assertThat(entries).extracting(LedgerEntry::windowSamples).containsExactly(1L, 0L, 0L);
    assertThat(entries.get(2).answer().reason())
        .isEqualTo(
            "window of PT0.01S until 1970-01-01T00:00:00.030Z closed with 0 samples:"
                + " nothing to train");
  }

  @Test
  void afterALongGapWindowsAreWhereTheyWouldBeWithoutIt() {
    List<LedgerEntry> entries = replay(every(10), 0, 1_000_003, 1_000_010);

    assertThat(entries).hasSize(1002);
    assertThat(entries.get(1001).evidence()).isEqualTo(1);
    assertThat(entries.get(1001).answer().measurements().get(0).value()).isEqualTo(1_000_010);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 5, Long.MAX_VALUE - 10, 1L << 62})
  void aSampleFromTheEndOfTimeDoesNotAnswerForEver(long time) {
    assertThat(replay(every(10), 0, 5, time, 7, Long.MAX_VALUE)).hasSizeBetween(1001, 2002);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -(1L << 62)})
  void aSampleFromTheBeginningOfTimeDoesNotShiftWindows(long time) {
    List<LedgerEntry> entries = replay(every(10), time, 1L << 62, Long.MAX_VALUE);

    assertThat(entries).hasSizeBetween(1001, 2003);
    for (LedgerEntry entry : entries) {
      double end = entry.answer().measurements().get(0).value();
      assertThat(end).isBetween((double) Long.MIN_VALUE, (double) Long.MAX_VALUE);
    }
    assertThat(entries.stream().mapToLong(LedgerEntry::evidence).sum()).isBetween(1L, 2L);
  }

  @Test
  void progressMarkersChangeNoAnswer() {
    long[] times = {0, 7, 35, 9_000, 20_000, 20_001, 3_000_000, 3_000_011};
    for (long every : new long[] {1, 10, 17}) {
      List<String> expected = texts(replay(every(every), times));
      for (int seed = 0; seed < 50; seed++) {
        assertThat(texts(replay(every(every), new SplittableRandom(seed), times)))
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> texts(List<LedgerEntry> entries) {
    return entries.stream()
        .map(entry -> entry.answer() + Arrays.toString(entry.boundary()) + entry.evidence())
        .toList();
  }

  private static TriggerSpec every(long millis) {
    return new TriggerSpec.Time(Duration.ofMillis(millis), Optional.empty());
  }

  private static List<LedgerEntry> replay(TriggerSpec trigger, long... times) {
    return replay(trigger, /* markers= */ null, times);
  }

  /** With up to three markers before each sample, if they are asked for. */
  private static List<LedgerEntry> replay(
      TriggerSpec trigger, @Nullable SplittableRandom markers, long... times) {
    Timeline timeline = new Timeline(1, 0);
    TriggerLedger ledger = new TriggerLedger(trigger, RESET);
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      long from = i == 0 ? times[i] : times[i - 1];
      for (int left = markers == null ? 0 : markers.nextInt(4); left > 0; left--) {
        from += (times[i] - from) / (left + 1);
        timeline.add(SampleBlock.of(0, i, i, new long[0], new long[0], from));
        advance(timeline, ledger, entries);
      }
      timeline.add(SampleBlock.dense(0, i, new long[] {times[i]}, times[i]));
      advance(timeline, ledger, entries);
    }
    return entries;
  }

  private static void advance(Timeline timeline, TriggerLedger ledger, List<LedgerEntry> entries) {
    Run run = timeline.releasable();
    ledger.advance(
        run,
        entry -> {
          assertThat(entries).as("answers").hasSizeLessThan(10_000);
          entries.add(entry);
        });
    timeline.release(run);
  }
}
