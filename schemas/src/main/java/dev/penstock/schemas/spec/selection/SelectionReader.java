package dev.penstock.schemas.spec.selection;

import dev.penstock.schemas.spec.selection.SelectionSpec.Force;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping.Spread;
import dev.penstock.schemas.spec.selection.SelectionSpec.Keep;
import dev.penstock.schemas.spec.selection.SelectionSpec.Limit;
import dev.penstock.schemas.spec.selection.SelectionSpec.Phase;
import dev.penstock.schemas.spec.selection.SelectionSpec.Weights;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline's {@code selection}. */
public final class SelectionReader {

  private static final String ALL = "all";
  private static final Optional<Integer> RESET = Optional.of(0);

  private static final Map<String, Function<YamlMap, @Nullable SelectionSpec>> POLICIES =
      Map.ofEntries(
          Map.entry("new-data", SelectionReader::newData),
          Map.entry("random", map -> sampled(map, Optional.of(new Grouping.None()))),
          Map.entry("label-balanced", map -> balanced(map, new Grouping.Label(), RESET)),
          Map.entry(
              "trigger-balanced", map -> balanced(map, new Grouping.Trigger(), Optional.empty())),
          Map.entry("time-balanced", map -> sampled(map, time(map, Spread.EQUAL))),
          Map.entry("time-stratified", map -> sampled(map, time(map, Spread.PROPORTIONAL))),
          Map.entry("random-no-replacement", SelectionReader::randomNoReplacement),
          Map.entry("freshness", SelectionReader::freshness),
          Map.entry("reservoir", SelectionReader::reservoir),
          Map.entry("class-balanced-replay", SelectionReader::classBalancedReplay),
          Map.entry("recency-decayed", SelectionReader::recencyDecayed));

  private SelectionReader() {}

  public static Optional<SelectionSpec> read(YamlMap map) {
    Map<String, Function<YamlMap, @Nullable SelectionSpec>> all = new HashMap<>(POLICIES);
    all.put("schedule", SelectionReader::schedule);
    return map.byType(all);
  }

  private static @Nullable SelectionSpec newData(YamlMap map) {
    Optional<Integer> tail = tailTriggers(map, RESET);
    Optional<Limit> limit = map.map("limit").flatMap(SelectionReader::limit);
    return map.build(() -> new SelectionSpec.NewData(tail, limit));
  }

  private static Optional<Integer> tailTriggers(YamlMap map, Optional<Integer> absent) {
    if (!map.has("tail-triggers")) {
      return absent;
    }
    return map.text("tail-triggers").filter(ALL::equals).isPresent()
        ? Optional.empty()
        : Optional.of(map.smallInteger("tail-triggers", 0));
  }

  private static Optional<Limit> limit(YamlMap map) {
    Optional<SampleSize> size = bound(map);
    Keep keep = map.choice("keep", Keep.RANDOM, Keep.values());
    return Optional.ofNullable(map.build(() -> new Limit(size.orElseThrow(), keep)));
  }

  /** A number of samples or a share. */
  private static Optional<SampleSize> bound(YamlMap map) {
    Optional<Long> samples = map.integer("samples");
    Optional<String> share = map.text("share");
    if (map.has("samples") == map.has("share")) {
      map.problem("samples", "must be given, such as samples: 1000, or share: 10%, but not both");
      return Optional.empty();
    }
    if (share.isPresent()) {
      Optional<SampleSize> parsed = SampleSize.parseShare(share.get());
      if (parsed.isEmpty()) {
        map.problem(
            "share",
            "must be a percentage such as 10%% of at most 4 decimals, or as much of 1, got %s"
                .formatted(share.get()));
      }
      return parsed;
    }
    return samples.flatMap(
        bound -> Optional.ofNullable(map.part(() -> SampleSize.ofSamples(bound))));
  }

  private static Optional<SampleSize> onlyBound(YamlMap map) {
    Optional<SampleSize> size = bound(map);
    return Optional.ofNullable(map.build(size::orElseThrow));
  }

  private static SampleSize size(YamlMap map) {
    int ratio = map.smallInteger("ratio", SampleSize.PERCENT);
    int ratioMax = map.smallInteger("ratio-max", SampleSize.PERCENT);
    boolean given = map.has("ratio");
    Optional<SampleSize> limit = map.map("limit").flatMap(SelectionReader::onlyBound);
    if (given && limit.filter(SampleSize::isShare).isPresent()) {
      map.problem("limit", "must be samples beside ratio, which is a share itself, got a share");
    }
    SampleSize bound = limit.orElse(SampleSize.ALL);
    SampleSize size =
        bound.isShare() ? bound : map.part(() -> new SampleSize(ratio, ratioMax, bound.samples()));
    return size == null ? SampleSize.ALL : size;
  }

  private static Optional<Grouping> time(YamlMap map, Spread spread) {
    Optional<Duration> every = map.duration("every");
    if (!map.has("every")) {
      map.problem("every", "must be given, such as every: 1d");
    }
    return every.flatMap(
        width -> Optional.ofNullable(map.part(() -> new Grouping.Time(width, spread))));
  }

  private static @Nullable SelectionSpec sampled(YamlMap map, Optional<Grouping> grouping) {
    return sampled(map, grouping, RESET, Force.NONE);
  }

  private static @Nullable SelectionSpec balanced(
      YamlMap map, Grouping grouping, Optional<Integer> tail) {
    boolean columns = map.flag("force-column-balancing", Flag.FALSE);
    boolean target = map.flag("force-required-target-size", Flag.FALSE);
    if (columns && target) {
      map.problem(
          "force-required-target-size",
          "must be false beside force-column-balancing, which takes fewer, got true");
    }
    Force force =
        columns ? Force.COLUMN_BALANCING : target ? Force.REQUIRED_TARGET_SIZE : Force.NONE;
    return sampled(map, Optional.of(grouping), tail, force);
  }

  private static @Nullable SelectionSpec sampled(
      YamlMap map, Optional<Grouping> grouping, Optional<Integer> absentTail, Force force) {
    Optional<Integer> tail = tailTriggers(map, absentTail);
    int warmup = map.smallInteger("warmup-triggers", 0);
    SampleSize size = size(map);
    Weights weights = weights(map);
    return map.build(
        () ->
            new SelectionSpec.Sampled(grouping.orElseThrow(), tail, warmup, size, force, weights));
  }

  private static Weights weights(YamlMap map) {
    return map.choice("weights", Weights.NONE, Weights.values());
  }

  private static @Nullable SelectionSpec randomNoReplacement(YamlMap map) {
    int warmup = map.smallInteger("warmup-triggers", 0);
    SampleSize size = size(map);
    return map.build(() -> new SelectionSpec.RandomNoReplacement(warmup, size));
  }

  private static @Nullable SelectionSpec freshness(YamlMap map) {
    if (!map.has("unused-data-ratio")) {
      map.problem("unused-data-ratio", "must be given, such as unused-data-ratio: 80");
    }
    int ratio = map.smallInteger("unused-data-ratio", 1);
    Optional<SampleSize> limit = map.map("limit").flatMap(SelectionReader::onlyBound);
    Weights weights = weights(map);
    return map.build(
        () -> new SelectionSpec.Freshness(ratio, limit.orElse(SampleSize.ALL), weights));
  }

  private static @Nullable SelectionSpec reservoir(YamlMap map) {
    return buffer(map, /* classBalanced= */ false);
  }

  private static @Nullable SelectionSpec classBalancedReplay(YamlMap map) {
    return buffer(map, /* classBalanced= */ true);
  }

  private static @Nullable SelectionSpec buffer(YamlMap map, boolean classBalanced) {
    long capacity = map.requiredInteger("capacity", "10000");
    Weights weights = classBalanced ? weights(map) : Weights.NONE;
    return map.build(() -> new SelectionSpec.Buffer(capacity, classBalanced, weights));
  }

  private static @Nullable SelectionSpec recencyDecayed(YamlMap map) {
    Optional<Duration> halfLife = map.duration("half-life");
    if (!map.has("half-life")) {
      map.problem("half-life", "must be given, such as half-life: 7d");
    }
    if (!map.has("samples")) {
      map.problem("samples", "must be given, such as samples: 10000");
    }
    int samples = map.smallInteger("samples", 1);
    return map.build(() -> new SelectionSpec.RecencyDecayed(halfLife.orElseThrow(), samples));
  }

  private static @Nullable SelectionSpec schedule(YamlMap map) {
    Optional<List<Phase>> phases = map.maps("phases", SelectionReader::phase);
    if (!map.has("phases")) {
      map.problem(
          "phases",
          "must be given, such as phases: [{until-trigger: 5, selection: {type: new-data}},"
              + " {selection: {type: random, ratio: 10}}]");
    }
    return map.build(() -> new SelectionSpec.Schedule(phases.orElseThrow()));
  }

  private static Optional<Phase> phase(YamlMap map) {
    Optional<Long> until = map.integer("until-trigger");
    Optional<SelectionSpec> selection =
        map.requiredMap("selection", "{type: new-data}").flatMap(policy -> policy.byType(POLICIES));
    return Optional.ofNullable(map.build(() -> new Phase(until, selection.orElseThrow())));
  }
}
