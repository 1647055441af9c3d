package dev.penstock.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.EvaluationPoints;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EvaluationPointsTest {

  private static final SelectionSpec SELECTION =
      new SelectionSpec.NewData(Optional.of(0), Optional.empty());

  @Test
  void anAnswerIsDueAfterEveryInterval() {
    EvaluationPoints points = EvaluationPoints.of(new TriggerSpec.EveryN(2, 3));

    points.sample(0);
    points.sample(0);
    assertThat(points.isDue()).isFalse();
    assertThat(points.nextSamples()).isEqualTo(3);
    points.sample(0);
    assertThat(points.isDue()).isTrue();
    points.answered(Answer.Outcome.HELD);

    assertThat(points.isDue()).isFalse();
    assertThat(points.nextSamples()).isEqualTo(6);
  }

  static Stream<TriggerSpec> triggers() {
    TriggerSpec amount = new TriggerSpec.DataAmount(7);
    TriggerSpec every = new TriggerSpec.EveryN(3, 5);
    TriggerSpec time = new TriggerSpec.Time(Duration.ofMillis(10), Optional.empty());
    return Stream.of(
            amount,
            every,
            time,
            new TriggerSpec.Time(Duration.ofMillis(3), Optional.of(Instant.ofEpochMilli(-20))),
            new TriggerSpec.Time(Duration.ofMillis(3), Optional.of(Instant.ofEpochMilli(50_000))),
            new TriggerSpec.Never())
        .flatMap(
            trigger ->
                Stream.of(
                    trigger,
                    guarded(trigger, 0, 0, 1),
                    guarded(trigger, 0, 0, 10),
                    guarded(trigger, 15, 0, 8),
                    guarded(trigger, 0, 9, 9),
                    guarded(trigger, 0, 6, 0)));
  }

  private static TriggerSpec guarded(TriggerSpec trigger, long coolDown, long min, long max) {
    return new TriggerSpec.Guarded(
        trigger,
        Optional.of(Duration.ofMillis(coolDown)).filter(duration -> !duration.isZero()),
        Optional.of(min).filter(value -> value > 0),
        Optional.of(max).filter(value -> value > 0));
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void answersAreDueWhereTheLedgerHasThem(TriggerSpec trigger) {
    for (long seed = 0; seed < 20; seed++) {
      Lockstep lockstep = new Lockstep(trigger);
      SplittableRandom random = new SplittableRandom(seed);
      long time = random.nextInt(100);
      for (int i = 0; i < 300; i++) {
        // Ties, steps, and now and then a gap of far more windows than are answered.
        int gap = random.nextInt(40);
        time += gap == 0 ? 20_000 : gap < 4 ? 40 : gap % 3;
        lockstep.sample(time);
      }
      lockstep.reach(time + 1);
    }
  }

  /** A ledger over one partition whose samples are released as the points say. */
  private static final class Lockstep {

    private final EvaluationPoints points;
    private final TriggerLedger ledger;
    private final Timeline timeline = new Timeline(1, 0);
    private final Deque<LedgerEntry> entries = new ArrayDeque<>();
    private long offset;
    private long samples;
    private long decided;
    private long time = Long.MIN_VALUE;

    Lockstep(TriggerSpec trigger) {
      points = EvaluationPoints.of(trigger);
      ledger = new TriggerLedger(trigger, SELECTION);
    }

    void sample(long newTime) {
      reach(newTime);
      timeline.add(SampleBlock.dense(0, offset++, new long[] {newTime}, newTime));
      samples++;
      points.sample(newTime);
      settle();
    }

    void reach(long newTime) {
      time = newTime;
      timeline.add(SampleBlock.marker(0, offset++, newTime));
      points.reached(newTime);
      settle();
    }

    private void settle() {
      Run run = timeline.releasable();
      ledger.advance(run, entries::add);
      timeline.release(run);
      while (points.isDue()) {
        assertThat(samples >= points.nextSamples() || time >= points.nextTime()).isTrue();
        assertThat(entries).isNotEmpty();
        LedgerEntry entry = entries.remove();
        decided += entry.evidence();
        assertThat(decided).isEqualTo(points.position());
        points.answered(entry.answer().outcome());
      }
      assertThat(entries).isEmpty();
      assertThat(points.nextSamples()).isGreaterThan(samples);
      assertThat(points.nextTime()).isGreaterThan(time);
    }
  }
}
