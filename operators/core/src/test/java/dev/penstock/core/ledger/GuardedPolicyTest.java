package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Limits and dummies over a log of one partition with a sample every 10 ms. */
final class GuardedPolicyTest {

  private static final TriggerSpec EVERY_TEN = new TriggerSpec.DataAmount(10);

  @Test
  void holdsWhatComesTooSoonBySamples() {
    List<String> answers =
        answers(
            60,
            new TriggerSpec.Guarded(
                EVERY_TEN, Optional.empty(), Optional.of(25L), Optional.empty()));

    assertThat(answers)
        .containsExactly("10 HELD", "20 HELD", "30 FIRED", "40 HELD", "50 HELD", "60 FIRED");
  }

  @Test
  void holdsWhatComesTooSoonByTime() {
    // The last samples before triggers lie 100 ms apart.
    List<String> answers =
        answers(
            50,
            new TriggerSpec.Guarded(
                EVERY_TEN,
                Optional.of(Duration.ofMillis(200)),
                Optional.empty(),
                Optional.empty()));

    assertThat(answers).containsExactly("10 FIRED", "20 HELD", "30 FIRED", "40 HELD", "50 FIRED");
  }

  @Test
  void firesAtTheMostSamplesWhateverThePolicySays() {
    assertThat(
            answers(
                50,
                new TriggerSpec.Guarded(
                    new TriggerSpec.Never(), Optional.empty(), Optional.empty(), Optional.of(20L))))
        .containsExactly("20 FIRED", "40 FIRED");
    // The policy goes on counting by itself.
    assertThat(
            answers(
                30,
                new TriggerSpec.Guarded(
                    EVERY_TEN,
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.empty(),
                    Optional.of(7L))))
        .containsExactly(
            "7 FIRED", "10 HELD", "14 FIRED", "20 HELD", "21 FIRED", "28 FIRED", "30 HELD");
  }

  @Test
  void saysWhyItHoldsAndWhatThePolicyHadSaid() {
    List<LedgerEntry> entries =
        entries(
            10,
            new TriggerSpec.Guarded(
                EVERY_TEN, Optional.empty(), Optional.of(25L), Optional.empty()));

    assertThat(entries.get(0).answer().reason())
        .isEqualTo(
            "10 samples since the last trigger, at least 25 declared; without it: 10 samples since"
                + " the last trigger, as declared");
    assertThat(entries.get(0).answer().measurements())
        .containsExactly(
            new Answer.Measurement("samples", 10, 10), new Answer.Measurement("samples", 10, 25));
  }

  @Test
  void dummiesFireAtEvaluationsOrNever() {
    assertThat(answers(50, new TriggerSpec.Never())).isEmpty();
    assertThat(answers(50, new TriggerSpec.EveryN(1, 20))).containsExactly("20 FIRED", "40 FIRED");
    assertThat(answers(50, new TriggerSpec.EveryN(2, 10)))
        .containsExactly("10 HELD", "20 FIRED", "30 HELD", "40 FIRED", "50 HELD");
  }

  private static List<String> answers(int samples, TriggerSpec trigger) {
    return entries(samples, trigger).stream()
        .map(entry -> entry.boundary()[0] + " " + entry.answer().outcome())
        .toList();
  }

  private static List<LedgerEntry> entries(int samples, TriggerSpec trigger) {
    Timeline timeline = new Timeline(1, 0);
    TriggerLedger ledger =
        new TriggerLedger(trigger, new SelectionSpec.NewData(Optional.of(0), Optional.empty()));
    long[] times = new long[samples];
    for (int i = 0; i < samples; i++) {
      times[i] = 10L * i;
    }
    timeline.add(SampleBlock.dense(0, 0, times, 10L * samples));
    List<LedgerEntry> entries = new ArrayList<>();
    Run run = timeline.releasable();
    ledger.advance(run, entries::add);
    timeline.release(run);
    return entries;
  }
}
