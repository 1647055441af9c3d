package dev.penstock.core.selection.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.ledger.RandomLog;
import dev.penstock.core.selection.request.SelectionRun.Choice;
import dev.penstock.core.timeline.Position;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every selection promises, on random logs, beside a look at all samples in sight. */
final class SelectionPropertiesTest {

  private static final int EVERY = 60;
  private static final int SAMPLES = 600;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: new-data, tail-triggers: 2, limit: {samples: 50}}",
        "{type: new-data, tail-triggers: all, limit: {share: 12.5%}}",
        "{type: new-data, tail-triggers: all, limit: {samples: 70, keep: last}}",
        "{type: random, ratio: 30, tail-triggers: 1, warmup-triggers: 2}",
        "{type: random-no-replacement, ratio: 40}",
        "{type: label-balanced, tail-triggers: 2, limit: {samples: 40}}",
        "{type: label-balanced, tail-triggers: all, ratio: 20, weights: inverse-probability}",
        "{type: trigger-balanced, tail-triggers: 3, limit: {samples: 50}}",
        "{type: time-balanced, every: 20ms, tail-triggers: all, limit: {samples: 50}}",
        "{type: time-stratified, every: 7ms, tail-triggers: 4, limit: {samples: 50}}",
        "{type: freshness, unused-data-ratio: 70, limit: {samples: 50}}",
        "{type: reservoir, capacity: 55}",
        "{type: class-balanced-replay, capacity: 44}",
        "{type: recency-decayed, half-life: 30ms, samples: 45}",
        "{type: schedule, phases: [{until-trigger: 2, selection: {type: new-data}}, {until-trigger:"
            + " 5, selection: {type: label-balanced, tail-triggers: 1, limit: {samples: 20}}},"
            + " {selection: {type: reservoir, capacity: 30}}]}"
      })
  void aTrainingSetDependsOnTheLogAlone(String yaml) throws IOException {
    SelectionSpec selection = selection(yaml);
    for (int seed = 1; seed <= 20; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 6, SAMPLES);
      List<String> expected = digests(SelectionRun.of(log, selection, EVERY, seed, 0));

      assertThat(expected).hasSize(SAMPLES / EVERY);
      assertThat(digests(SelectionRun.of(log, selection, EVERY, seed, seed))).isEqualTo(expected);
      assertThat(digests(SelectionRun.of(log, selection, EVERY, seed + 1, 0)))
          .as("another seed selects others, unless it takes all")
          .isNotEqualTo(yaml.contains("keep: last") ? List.of() : expected);
    }
  }

  @Test
  void sizesAreExact() throws IOException {
    for (int partitions = 1; partitions <= 6; partitions++) {
      assertThat(
              sizes("{type: random, ratio: 50, tail-triggers: 1, warmup-triggers: 1}", partitions))
          .startsWith(60L, 60L, 60L)
          .endsWith(60L);
      assertThat(sizes("{type: new-data, tail-triggers: all, limit: {share: 10%}}", partitions))
          .containsExactly(6L, 12L, 18L, 24L, 30L, 36L, 42L, 48L, 54L, 60L);
      assertThat(sizes("{type: reservoir, capacity: 100}", partitions))
          .startsWith(60L, 100L, 100L)
          .endsWith(100L);
      assertThat(sizes("{type: recency-decayed, half-life: 9ms, samples: 100}", partitions))
          .startsWith(60L, 100L, 100L)
          .endsWith(100L);
      assertThat(sizes("{type: random-no-replacement, limit: {samples: 45}}", partitions))
          .containsOnly(45L);
      assertThat(
              sizes("{type: freshness, unused-data-ratio: 80, limit: {samples: 50}}", partitions))
          .startsWith(50L, 50L)
          .endsWith(50L);
      assertThat(sizes("{type: time-balanced, every: 10ms, limit: {samples: 31}}", partitions))
          .containsOnly(31L);
    }
  }

  @Test
  void classesAreBalancedWithinOneSample() throws IOException {
    SelectionSpec selection =
        selection(
            "{type: label-balanced, tail-triggers: 2, limit: {samples: 41},"
                + " force-required-target-size: true}");
    for (int seed = 0; seed < 20; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 6, SAMPLES);
      for (Choice choice : SelectionRun.of(log, selection, EVERY, seed, 0)) {
        List<Position> window =
            log.sorted().subList(Math.max(0, choice.seen() - 3 * EVERY), choice.seen());

        assertThat(choice.set().size()).isEqualTo(41);
        assertBalanced(choice, window, RandomLog::label);
        window.stream()
            .filter(sample -> RandomLog.label(sample) < 0)
            .forEach(sample -> assertThat(choice.has(sample)).isFalse());
      }
    }
  }

  @Test
  void triggersAndSpansOfTimeAreBalancedWithinOneSample() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 6, SAMPLES);
      Function<Position, Integer> trigger = sample -> log.sorted().indexOf(sample) / EVERY;
      for (Choice choice :
          SelectionRun.of(
              log, selection("{type: trigger-balanced, limit: {samples: 50}}"), EVERY, seed, 0)) {
        assertBalanced(choice, log.sorted().subList(0, choice.seen()), trigger);
      }
      for (Choice choice :
          SelectionRun.of(
              log,
              selection(
                  "{type: time-balanced, every: 11ms, tail-triggers: 3, limit: {samples: 50}}"),
              EVERY,
              seed,
              0)) {
        List<Position> window =
            log.sorted().subList(Math.max(0, choice.seen() - 4 * EVERY), choice.seen());
        assertBalanced(choice, window, sample -> (int) Math.floorDiv(sample.time(), 11L));
        assertThat(choice.set().size()).isEqualTo(50);
      }
    }
  }

  /** A group that gives fewer than another, by more than one, gives all that it has. */
  private static void assertBalanced(
      Choice choice, List<Position> window, Function<Position, Integer> group) {
    Map<Integer, Long> sizes =
        window.stream()
            .filter(sample -> group.apply(sample) >= 0)
            .collect(Collectors.groupingBy(group, Collectors.counting()));
    Map<Integer, Long> taken =
        window.stream()
            .filter(choice::has)
            .collect(Collectors.groupingBy(group, Collectors.counting()));
    long most = taken.values().stream().mapToLong(count -> count).max().orElseThrow();
    sizes.forEach(
        (key, size) ->
            assertThat(taken.getOrDefault(key, 0L))
                .as("group %d of %s, taken %s", key, sizes, taken)
                .isGreaterThanOrEqualTo(Math.min(size, most - 1)));
    assertThat(taken.values().stream().mapToLong(count -> count).sum())
        .as("all are from the window")
        .isEqualTo(choice.set().size());
  }

  @Test
  void noSampleIsTakenTwiceBeforeAllWere() throws IOException {
    SelectionSpec selection = selection("{type: random-no-replacement, limit: {samples: 37}}");
    for (int seed = 0; seed < 20; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 6, SAMPLES);
      Set<Position> pass = new HashSet<>();
      for (Choice choice : SelectionRun.of(log, selection, 10, seed, 0)) {
        List<Position> seen = log.sorted().subList(0, choice.seen());
        List<Position> taken = seen.stream().filter(choice::has).toList();
        long left = seen.stream().filter(sample -> !pass.contains(sample)).count();
        long again = taken.stream().filter(pass::contains).count();

        assertThat(taken).hasSize(Math.min(37, seen.size()));
        assertThat(again).isEqualTo(Math.max(0, taken.size() - left));
        if (left < 37) {
          pass.clear();
        }
        pass.addAll(taken);
      }
    }
  }

  @Test
  void freshnessMixesByTheRatio() throws IOException {
    SelectionSpec selection =
        selection("{type: freshness, unused-data-ratio: 80, limit: {samples: 30}}");
    for (int seed = 0; seed < 20; seed++) {
      RandomLog log = new RandomLog(seed, 1 + seed % 6, SAMPLES);
      Set<Position> used = new HashSet<>();
      for (Choice choice : SelectionRun.of(log, selection, EVERY, seed, 0)) {
        List<Position> taken =
            log.sorted().subList(0, choice.seen()).stream().filter(choice::has).toList();
        long unused = taken.stream().filter(sample -> !used.contains(sample)).count();

        assertThat(taken).hasSize(30);
        assertThat(unused).isEqualTo(choice.trigger() == 1 ? 30 : 24);
        used.addAll(taken);
      }
    }
  }

  @Test
  void weightsAreInverseToTheShareTakenAndOneOnAverage() throws IOException {
    SelectionSpec selection =
        selection(
            "{type: label-balanced, tail-triggers: all, limit: {samples: 40},"
                + " weights: inverse-probability}");
    RandomLog log = new RandomLog(3, 3, SAMPLES);
    for (Choice choice : SelectionRun.of(log, selection, EVERY, 3, 0)) {
      float[] weights = choice.set().weights().orElseThrow();
      List<Position> window = log.sorted().subList(0, choice.seen());
      Map<Integer, Long> sizes =
          window.stream()
              .filter(sample -> RandomLog.label(sample) >= 0)
              .collect(Collectors.groupingBy(RandomLog::label, Collectors.counting()));
      List<Position> taken =
          window.stream()
              .filter(choice::has)
              .sorted(Comparator.comparing(Position::partition).thenComparing(Position::offset))
              .toList();
      Map<Integer, Long> shares =
          taken.stream().collect(Collectors.groupingBy(RandomLog::label, Collectors.counting()));
      double ratio = (double) taken.size() / sizes.values().stream().mapToLong(n -> n).sum();

      for (int i = 0; i < weights.length; i++) {
        int label = RandomLog.label(taken.get(i));
        double expected = ratio * sizes.getOrDefault(label, 0L) / shares.getOrDefault(label, 0L);
        assertThat((double) weights[i]).isCloseTo(expected, within(1e-6));
      }
      assertThat(IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).average())
          .hasValueCloseTo(1.0, within(1e-5));
    }
  }

  /** χ² over 1,000 seeds of how often each of the first 120 samples was taken. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: random, ratio: 25, tail-triggers: all}",
        "{type: random-no-replacement, ratio: 25}",
        "{type: freshness, unused-data-ratio: 50, limit: {samples: 30}}",
        "{type: reservoir, capacity: 30}",
        "{type: trigger-balanced, limit: {samples: 30}}",
        "{type: time-stratified, every: 1h, tail-triggers: all, ratio: 25}"
      })
  void everySampleIsAsLikely(String yaml) throws IOException {
    SelectionSpec selection = selection(yaml);
    RandomLog log = new RandomLog(5, 4, 120);
    int[] counts = new int[120];
    int seeds = 1000;
    long wanted = 0;
    for (int seed = 0; seed < seeds; seed++) {
      List<Choice> choices = SelectionRun.of(log, selection, 60, seed, 0);
      Choice second = choices.get(1);
      wanted = second.set().size();
      for (int i = 0; i < counts.length; i++) {
        counts[i] += second.has(log.sorted().get(i)) ? 1 : 0;
      }
    }
    // A policy with a memory may prefer new samples to old ones, but none among either.
    double chiSquare = chiSquare(counts, 0, seeds) + chiSquare(counts, 60, seeds);

    // 118 degrees of freedom: between 72 and 172 in 99.8 % of all cases.
    assertThat(wanted).isEqualTo(30);
    assertThat(chiSquare).isBetween(72.0, 172.0);
  }

  /** Of the 60 counts from an index on, with 59 degrees of freedom. */
  private static double chiSquare(int[] counts, int from, int seeds) {
    double expected = IntStream.range(from, from + 60).map(i -> counts[i]).average().orElseThrow();
    double variance = expected * (1 - expected / seeds);
    return IntStream.range(from, from + 60)
            .mapToDouble(i -> (counts[i] - expected) * (counts[i] - expected) / variance)
            .sum()
        * 59
        / 60;
  }

  /** Of two samples half a life apart, the newer one is in the set √2 times as often, if rare. */
  @Test
  void newerSamplesAreLikelierByTheHalfLife() throws IOException {
    SelectionSpec selection = selection("{type: recency-decayed, half-life: 30ms, samples: 6}");
    RandomLog log = new RandomLog(6, 3, 240);
    double[] byHalf = new double[2];
    for (int seed = 0; seed < 3000; seed++) {
      Choice choice = SelectionRun.of(log, selection, 240, seed, 0).get(0);
      for (int i = 0; i < 240; i++) {
        if (choice.has(log.sorted().get(i))) {
          byHalf[i / 120]++;
        }
      }
    }
    // 240 samples are 60 ms: the second half is one half-life later.
    assertThat(byHalf[1] / byHalf[0]).isBetween(1.85, 2.15);
  }

  private static List<Long> sizes(String yaml, int partitions) throws IOException {
    RandomLog log = new RandomLog(partitions, partitions, SAMPLES);
    return SelectionRun.of(log, selection(yaml), EVERY, 1, 0).stream()
        .map(choice -> choice.set().size())
        .toList();
  }

  private static List<String> digests(List<Choice> choices) {
    return choices.stream().map(choice -> choice.set().digest()).toList();
  }

  private static SelectionSpec selection(String yaml) {
    return SpecReader.parsePipeline(
            "test",
            """
            kind: pipeline
            name: test
            dataset: test
            trigger: {type: never}
            selection: %s
            training: {model: {type: mlp}}
            """
                .formatted(yaml))
        .selection();
  }
}
