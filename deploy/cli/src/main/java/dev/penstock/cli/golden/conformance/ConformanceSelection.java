package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.core.sampling.LowestKeys;
import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.plan.Balance;
import dev.penstock.core.selection.plan.BalancedShares;
import dev.penstock.core.selection.plan.DownsamplingSchedule;
import dev.penstock.core.selection.plan.FreshnessShares;
import dev.penstock.core.selection.plan.NoReplacement;
import dev.penstock.core.selection.plan.TailWindow;
import dev.penstock.core.selection.plan.TargetSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Modyn's cases of selection. Where Modyn draws at random, so does this, by hashing: what is
 * compared are counts, and what holds for every draw. Its partitions are training sets cut to
 * pieces.
 */
final class ConformanceSelection {

  private static final long SEED = 42;

  /** A downsampler as cases name it, such as {@code Loss(StB,50)}, or {@code No}. */
  private static final Pattern DOWNSAMPLER = Pattern.compile("(\\w+)(?:\\(\\w+,(\\d+)\\))?");

  private static final Map<String, Function<JsonNode, Object>> KINDS =
      Map.ofEntries(
          Map.entry("fair_share", ConformanceSelection::fairShare),
          Map.entry("LabelBalanced", given -> balanced(given, counts(given), "per_class")),
          Map.entry("TriggerBalanced", given -> balanced(given, sizes(given), "per_trigger")),
          Map.entry("label_counts", ConformanceSelection::labelCounts),
          Map.entry("target_size", ConformanceSelection::targetSizes),
          Map.entry("RandomNoReplacement", ConformanceSelection::noReplacement),
          Map.entry("Coreset.partition_sizes", ConformanceSelection::partitionSizes),
          Map.entry("Coreset.tail_selection", ConformanceSelection::coreset),
          Map.entry("Coreset.warmup", ConformanceSelection::coreset),
          Map.entry("Coreset.downsampling_schedule", ConformanceSelection::schedule),
          Map.entry("Scheduler.thresholds", ConformanceSelection::thresholds),
          Map.entry("Scheduler.switch", ConformanceSelection::scheduleSwitch),
          Map.entry("NewData", ConformanceNewData::run),
          Map.entry("Freshness.no_limit", ConformanceSelection::freshness),
          Map.entry("Freshness.limit", ConformanceSelection::limitedFreshness));

  private ConformanceSelection() {}

  /** What Penstock makes of a case; empty: it is not of a selection. */
  static Optional<Object> run(String kind, JsonNode given) {
    return Optional.ofNullable(KINDS.get(kind)).map(run -> run.apply(given));
  }

  private static Object fairShare(JsonNode given) {
    List<Long> shares = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    for (JsonNode pair : given.required("capacity_counts")) {
      long capacity = pair.get(0).asLong();
      long[] counts = ConformanceAnswers.longs(pair.get(1));
      shares.add(BalancedShares.level(counts, capacity));
      totals.add(sum(BalancedShares.of(counts, capacity, Balance.FAIR, SEED)));
    }
    return ConformanceAnswers.of("share", shares, "predicted_total", totals);
  }

  private static long[] counts(JsonNode given) {
    return ConformanceAnswers.longs(given.required("counts"));
  }

  /** Sizes of the triggers in sight of the one after them. */
  private static long[] sizes(JsonNode given) {
    long[] sizes = ConformanceAnswers.longs(given.required("trigger_sizes"));
    int first = (int) window(given.path("tail")).first(sizes.length);
    return Arrays.copyOfRange(sizes, first, sizes.length);
  }

  private static Object balanced(JsonNode given, long[] sizes, String name) {
    long target = target(given).of(sum(sizes));
    Balance balance =
        given.path("force_required_target_size").asBoolean()
            ? Balance.EXACT
            : given.path("force_column_balancing").asBoolean() ? Balance.EQUAL : Balance.FAIR;
    long[] shares = BalancedShares.of(sizes, target, balance, SEED);
    long most = LongStream.of(shares).max().orElse(0);
    long[] mostOfEach = LongStream.of(sizes).map(size -> Math.min(size, most)).toArray();
    return ConformanceAnswers.of(
        name, shares, name + "_max", mostOfEach, "target", target, "total", sum(shares));
  }

  private static Object labelCounts(JsonNode given) {
    long next = given.required("next_trigger").asLong();
    JsonNode triggers = given.required("per_trigger_label_counts");
    return ConformanceAnswers.each(
        given.required("tail"),
        tail -> {
          SortedMap<Long, Long> counts = new TreeMap<>();
          for (int t = (int) window(tail).first(next); t < triggers.size(); t++) {
            triggers
                .get(t)
                .properties()
                .forEach(
                    count ->
                        counts.merge(
                            Long.valueOf(count.getKey()), count.getValue().asLong(), Long::sum));
          }
          return counts.values();
        });
  }

  private static Object targetSizes(JsonNode given) {
    List<Object> sizes = new ArrayList<>();
    for (JsonNode pair : given.required("n_limit")) {
      TargetSize target = new TargetSize(ratio(given), limit(pair.get(1)));
      sizes.add(ConformanceAnswers.orError(n -> target.of(n.asLong()), pair.get(0)));
    }
    return sizes;
  }

  private static Object noReplacement(JsonNode given) {
    int samples = given.required("samples").asInt();
    int added = given.path("then_add").asInt();
    int rounds = given.required("rounds").asInt();
    long[] lastTaken = new long[samples + added];
    Arrays.fill(lastTaken, NoReplacement.NEVER);
    NoReplacement state = NoReplacement.START;
    List<Integer> sizes = new ArrayList<>();
    Set<Integer> union = new HashSet<>();
    for (int trigger = 0; trigger < rounds; trigger++) {
      List<Integer> taken = new ArrayList<>();
      state = round(state, trigger, ratio(given).share(samples), samples, lastTaken, taken);
      sizes.add(taken.size());
      union.addAll(taken);
    }
    boolean disjoint = union.size() == sizes.stream().mapToInt(size -> size).sum();
    Map<String, Object> answers =
        new LinkedHashMap<>(
            ConformanceAnswers.of(
                "round_sizes",
                sizes,
                "union",
                union.size(),
                "disjoint",
                disjoint,
                "last_complete_trigger_after_" + rounds,
                state.lastComplete()));
    String next = "round" + (rounds + 1);
    if (given.has(next + "_target")) {
      List<Integer> taken = new ArrayList<>();
      long target = given.get(next + "_target").asLong();
      round(state, rounds + 1, target, samples + added, lastTaken, taken);
      long old = taken.stream().filter(sample -> sample < samples).count();
      answers.put(next, Map.of("old", old, "new", taken.size() - old));
    }
    return answers;
  }

  private static NoReplacement round(
      NoReplacement state,
      int trigger,
      long target,
      int samples,
      long[] lastTaken,
      List<Integer> taken) {
    int[] candidates =
        IntStream.range(0, samples).filter(i -> state.isCandidate(lastTaken[i])).toArray();
    int[] others =
        IntStream.range(0, samples).filter(i -> !state.isCandidate(lastTaken[i])).toArray();
    NoReplacement.Step step = state.take(trigger, target, candidates.length, others.length);
    taken.addAll(chosen(candidates, step.candidates(), trigger));
    taken.addAll(chosen(others, step.others(), trigger));
    taken.forEach(sample -> lastTaken[sample] = trigger);
    return step.next();
  }

  static List<Integer> chosen(int[] samples, long count, int trigger) {
    LowestKeys lowest = new LowestKeys(Math.toIntExact(count));
    long stream = SampleHash.stream(SEED, trigger);
    for (int sample : samples) {
      lowest.add(LowestKeys.key(SampleHash.of(stream, sample)), sample);
    }
    return Arrays.stream(lowest.indexes()).boxed().toList();
  }

  private static Object partitionSizes(JsonNode given) {
    long samples = given.required("samples").asLong();
    return ConformanceAnswers.each(
        given.required("cases"),
        one -> pieces(target(one).of(samples), one.required("max_keys").asLong()));
  }

  static List<Long> pieces(long size, long most) {
    List<Long> pieces = new ArrayList<>();
    for (long left = size; left > 0; left -= most) {
      pieces.add(Math.min(left, most));
    }
    return pieces;
  }

  private static Object coreset(JsonNode given) {
    int perTrigger = given.required("per_trigger").asInt();
    DownsamplingSchedule schedule =
        new DownsamplingSchedule(given.path("warmup_triggers").asLong(), new long[0]);
    List<Integer> sizes = new ArrayList<>();
    List<List<Integer>> sources = new ArrayList<>();
    for (int trigger = 0; trigger < given.required("triggers").asInt(); trigger++) {
      int first = (int) window(given.path("tail")).first(trigger);
      int[] seen = IntStream.range(first * perTrigger, (trigger + 1) * perTrigger).toArray();
      long target = schedule.at(trigger).isEmpty() ? seen.length : target(given).of(seen.length);
      List<Integer> taken = chosen(seen, target, trigger);
      sizes.add(taken.size());
      List<Integer> allowed = IntStream.rangeClosed(first, trigger).boxed().toList();
      boolean isAllowed = taken.stream().allMatch(i -> allowed.contains(i / perTrigger));
      sources.add(isAllowed ? allowed : List.of());
    }
    return ConformanceAnswers.of("selected", sizes, "allowed_sources", sources);
  }

  private static Object schedule(JsonNode given) {
    List<String> names = downsamplers(given, 1);
    long[] thresholds = ConformanceAnswers.longs(given.required("thresholds"));
    Map<String, Object> answers = new LinkedHashMap<>();
    for (int warmup : ConformanceAnswers.integers(given.required("warmup_triggers"))) {
      DownsamplingSchedule schedule = DownsamplingSchedule.of(names.size(), warmup, thresholds);
      List<String> active = new ArrayList<>();
      for (int trigger : ConformanceAnswers.integers(given.required("trigger_ids"))) {
        OptionalInt index = schedule.at(trigger);
        active.add(index.isPresent() ? names.get(index.getAsInt()) : "");
      }
      answers.put("warmup" + warmup, active);
    }
    return answers;
  }

  private static Object thresholds(JsonNode given) {
    int downsamplers = given.required("downsamplers").asInt();
    return ConformanceAnswers.each(
        given.required("thresholds"),
        thresholds ->
            ConformanceAnswers.orError(
                node -> {
                  DownsamplingSchedule.of(downsamplers, 0, ConformanceAnswers.longs(node));
                  return "ok";
                },
                thresholds));
  }

  /** Trigger numbers only rise in Penstock: one that falls back is taken for the highest so far. */
  private static Object scheduleSwitch(JsonNode given) {
    List<String> names = downsamplers(given, 1);
    List<String> ratios = downsamplers(given, 2);
    DownsamplingSchedule schedule =
        DownsamplingSchedule.of(
            names.size(),
            given.path("warmup_triggers").asLong(),
            ConformanceAnswers.longs(given.required("thresholds")));
    List<String> active = new ArrayList<>();
    List<Integer> scales = new ArrayList<>();
    int highest = 0;
    for (int trigger : ConformanceAnswers.integers(given.required("trigger_ids"))) {
      highest = Math.max(highest, trigger);
      OptionalInt index = schedule.at(highest);
      active.add(index.isPresent() ? names.get(index.getAsInt()) : "");
      scales.add(index.isPresent() ? Integer.parseInt(ratios.get(index.getAsInt())) : 100);
    }
    return ConformanceAnswers.of("active", active, "status_bar_scale", scales);
  }

  /** Names or ratios of downsamplers; without one, all samples are kept. */
  private static List<String> downsamplers(JsonNode given, int group) {
    List<String> parts = new ArrayList<>();
    for (JsonNode name : given.required("list")) {
      Matcher parsed = DOWNSAMPLER.matcher(name.asText());
      if (!parsed.matches()) {
        throw new IllegalArgumentException("No downsampler is " + name);
      }
      parts.add(Optional.ofNullable(parsed.group(group)).orElse("100"));
    }
    return parts;
  }

  private static Object freshness(JsonNode given) {
    return ConformanceAnswers.each(
        given.required("cases_ratio_unused_used"),
        one ->
            mix(
                new FreshnessShares(one.get(0).asInt(), OptionalLong.empty()),
                one.get(1),
                one.get(2)));
  }

  private static Object limitedFreshness(JsonNode given) {
    return ConformanceAnswers.each(
        given.required("cases_ratio_limit_unused_used"),
        one ->
            mix(
                new FreshnessShares(one.get(0).asInt(), limit(one.get(1))),
                one.get(2),
                one.get(3)));
  }

  private static List<Long> mix(FreshnessShares shares, JsonNode unused, JsonNode used) {
    FreshnessShares.Mix mix = shares.of(unused.asLong(), used.asLong());
    return List.of(mix.unused(), mix.used());
  }

  /** Without a presampling strategy all samples are wanted. */
  private static TargetSize target(JsonNode given) {
    return new TargetSize(ratio(given), limit(given.path("limit")));
  }

  private static Ratio ratio(JsonNode given) {
    int most = given.path("ratio_max").asInt(100);
    return new Ratio(given.path("ratio").asInt(most), most);
  }

  static OptionalLong limit(JsonNode limit) {
    return limit.isNumber() && limit.asLong() >= 0
        ? OptionalLong.of(limit.asLong())
        : OptionalLong.empty();
  }

  static TailWindow window(JsonNode tail) {
    return new TailWindow(tail.isNumber() ? OptionalInt.of(tail.asInt()) : OptionalInt.empty());
  }

  private static long sum(long[] values) {
    return LongStream.of(values).sum();
  }
}
