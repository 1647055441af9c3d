package dev.penstock.core.selection.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.SampleHash;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What depends on the number of the trigger, or on what the triggers before it took. */
final class TriggerPlansTest {

  private static final int SAMPLES = 200;

  @Test
  void takesNoSampleTwiceInAPassAndAllFromPassToPass() {
    long[] lastTaken = new long[SAMPLES];
    Arrays.fill(lastTaken, NoReplacement.NEVER);
    NoReplacement state = NoReplacement.START;
    int passes = 0;

    for (int trigger = 1; trigger <= 100; trigger++) {
      NoReplacement now = state;
      int[] candidates =
          IntStream.range(0, SAMPLES).filter(i -> now.isCandidate(lastTaken[i])).toArray();
      int[] others =
          IntStream.range(0, SAMPLES).filter(i -> !now.isCandidate(lastTaken[i])).toArray();
      NoReplacement.Step step = state.take(trigger, 30, candidates.length, others.length);
      assertThat(step.candidates() + step.others()).isEqualTo(30);
      int number = trigger;
      IntStream.concat(
              lowest(candidates, step.candidates(), trigger),
              lowest(others, step.others(), trigger))
          .forEach(i -> lastTaken[i] = number);
      state = step.next();
      if (state.lastComplete() == trigger) {
        passes++;
        assertThat(Arrays.stream(lastTaken)).allMatch(last -> last >= now.lastComplete());
      } else {
        assertThat(step.others()).isZero();
      }
    }
    // The first pass takes 200 samples, the others 170.
    assertThat(passes).isEqualTo(16);
  }

  @Test
  void aPassIsCompleteWithTheTriggerThatFindsTooFew() {
    NoReplacement.Step step = NoReplacement.START.take(5, 50, 20, 200);

    assertThat(step).isEqualTo(new NoReplacement.Step(20, 30, new NoReplacement(5)));
    assertThat(step.next().isCandidate(4)).isTrue();
    assertThat(step.next().isCandidate(5)).isFalse();
    assertThat(NoReplacement.START.take(5, 50, 50, 0).next()).isEqualTo(NoReplacement.START);
    assertThat(NoReplacement.START.take(5, 50, 1, 2).others()).isEqualTo(2);
  }

  @Test
  void downsamplersTakeTurnsAfterTheWarmup() {
    DownsamplingSchedule schedule = DownsamplingSchedule.of(3, 2, new long[] {3, 5});

    assertThat(IntStream.range(0, 9).map(t -> schedule.at(t).orElse(-1)))
        .containsExactly(-1, -1, 0, 0, 0, 1, 1, 2, 2);
  }

  @Test
  void refusesThresholdsThatDoNotRiseOrAreNotBetweenTheDownsamplers() {
    assertThatThrownBy(() -> DownsamplingSchedule.of(3, 0, new long[] {12}))
        .hasMessage("downsampling-thresholds must be one fewer than downsamplers, 3, got 1");
    assertThatThrownBy(() -> DownsamplingSchedule.of(3, 0, new long[] {12, 12}))
        .hasMessage("downsampling-thresholds must be above the one before 12, got 12");
    assertThatThrownBy(() -> new DownsamplingSchedule(-1, new long[0]))
        .hasMessage("warmup-triggers must be at least 0, got -1");
  }

  @Test
  void theTailIsOfTriggersBefore() {
    assertThat(new TailWindow(OptionalInt.of(0)).first(4)).isEqualTo(4);
    assertThat(new TailWindow(OptionalInt.of(2)).first(4)).isEqualTo(2);
    assertThat(new TailWindow(OptionalInt.of(9)).first(4)).isZero();
    assertThat(new TailWindow(OptionalInt.empty()).first(4)).isZero();
  }

  @Test
  void aSampleOneHalfLifeOlderIsHalfAsLikely() {
    RecencyDecay decay = new RecencyDecay(Duration.ofHours(1));
    int newer = 0;
    int seeds = 20_000;
    for (int seed = 0; seed < seeds; seed++) {
      long stream = SampleHash.stream(seed, 0);
      double old = decay.key(SampleHash.of(stream, 0), 1_000_000_000_000L);
      double recent = decay.key(SampleHash.of(stream, 1), 1_000_003_600_000L);
      newer += recent < old ? 1 : 0;
    }
    // Four standard deviations of the share are 0.013.
    assertThat((double) newer / seeds).isBetween(2 / 3.0 - 0.014, 2 / 3.0 + 0.014);
  }

  @Test
  void aDecayedChoiceIsTheSameFromTriggerToTriggerAsAtOnce() {
    RecencyDecay decay = new RecencyDecay(Duration.ofMinutes(10));
    long stream = SampleHash.stream(9, 0);
    LowestKeys atOnce = new LowestKeys(50);
    LowestKeys kept = new LowestKeys(50);
    for (int trigger = 0; trigger < 10; trigger++) {
      LowestKeys ofTrigger = new LowestKeys(50);
      for (int i = 100 * trigger; i < 100 * (trigger + 1); i++) {
        long key = LowestKeys.key(decay.key(SampleHash.of(stream, i), 60_000L * i));
        atOnce.add(key, i);
        ofTrigger.add(key, i);
      }
      kept.addAll(ofTrigger);
    }

    assertThat(kept.ids()).isEqualTo(atOnce.ids());
    assertThat(kept.ids()[0]).isGreaterThan(700);
  }

  /** What must be remembered of a class is never more than what was remembered before. */
  @Test
  void roomOfAClassThatHasMoreSamplesNeverGrows() {
    for (int seed = 0; seed < 200; seed++) {
      ReplayBuffer buffer = new ReplayBuffer(50);
      long[] sizes = new long[4];
      long[] before = new long[4];
      for (int sample = 0; sample < 400; sample++) {
        long hash = SampleHash.derive(seed, sample);
        int label = (int) Long.remainderUnsigned(hash, Long.remainderUnsigned(hash, 4) + 1);
        sizes[label]++;
        long[] shares = buffer.shares(sizes, seed);
        assertThat(Arrays.stream(shares).sum()).isEqualTo(Math.min(sample + 1, 50));
        for (int i = 0; i < 4; i++) {
          boolean wasFull = before[i] < sizes[i] - (i == label ? 1 : 0);
          assertThat(shares[i]).isLessThanOrEqualTo(wasFull ? before[i] : sizes[i]);
        }
        before = shares;
      }
    }
  }

  @Test
  void refusesSettingsWithoutMeaning() {
    assertThatThrownBy(() -> new RecencyDecay(Duration.ZERO))
        .hasMessage("half-life must be at least 1 ms, got 0");
    assertThatThrownBy(() -> new ReplayBuffer(0)).hasMessage("capacity must be at least 1, got 0");
    assertThatThrownBy(() -> new TailWindow(OptionalInt.of(-1)))
        .hasMessage("tail-triggers must be at least 0, got -1");
    assertThatThrownBy(() -> new NoReplacement(-1))
        .hasMessage("last complete trigger must be at least 0, got -1");
  }

  private static IntStream lowest(int[] samples, long count, long seed) {
    LowestKeys lowest = new LowestKeys(Math.toIntExact(count));
    long stream = SampleHash.stream(seed, 0);
    for (int sample : samples) {
      lowest.add(LowestKeys.key(SampleHash.of(stream, sample)), sample);
    }
    return Arrays.stream(lowest.indexes());
  }
}
