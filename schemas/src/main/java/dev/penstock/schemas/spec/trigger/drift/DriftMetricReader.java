package dev.penstock.schemas.spec.trigger.drift;

import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Aggregation;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Judged;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Norm;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a drift metric with its {@code decision-criterion}. */
public final class DriftMetricReader {

  /** alibi-detect's. */
  private static final double LARGEST_DIFFERENCE = 0.2;

  /** alibi-detect's. */
  private static final int LSDD_PERMUTATIONS = 100;

  private DriftMetricReader() {}

  public static Optional<Judged> read(YamlMap map) {
    // Before the type's own keys, after which unknown ones are reported.
    Optional<CriterionSpec> criterion =
        CriterionReader.in(map, "decision-criterion", "{type: threshold, threshold: 0.05}");
    Optional<DriftMetricSpec> metric = map.byType(readers());
    if (metric.isEmpty() || criterion.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(map.build(() -> new Judged(metric.get(), criterion.get())));
  }

  private static Map<String, Function<YamlMap, @Nullable DriftMetricSpec>> readers() {
    Map<String, Function<YamlMap, @Nullable DriftMetricSpec>> readers = new HashMap<>();
    for (Distance distance : Distance.values()) {
      readers.put(YamlMap.kebab(distance), map -> univariate(distance, map));
    }
    readers.put("mmd", DriftMetricReader::mmd);
    readers.put("lsdd", DriftMetricReader::lsdd);
    readers.put("classifier", DriftMetricReader::classifier);
    readers.put("mean-distance", DriftMetricReader::meanDistance);
    return readers;
  }

  private static @Nullable DriftMetricSpec univariate(Distance distance, YamlMap map) {
    Optional<Integer> bins = distance.isBinned() ? positive(map, "bins") : Optional.empty();
    Aggregation aggregation = map.choice("aggregation", Aggregation.MEAN, Aggregation.values());
    Optional<Double> columnThreshold = map.number("column-threshold");
    return map.build(
        () -> new DriftMetricSpec.Univariate(distance, bins, aggregation, columnThreshold));
  }

  private static @Nullable DriftMetricSpec mmd(YamlMap map) {
    Optional<Double> sigma = map.number("sigma");
    Optional<Integer> permutations = positive(map, "num-permutations");
    boolean standardize = map.flag("standardize", Flag.FALSE);
    return map.build(() -> new DriftMetricSpec.Mmd(sigma, permutations, standardize));
  }

  private static @Nullable DriftMetricSpec lsdd(YamlMap map) {
    Optional<Double> sigma = map.number("sigma");
    Optional<Integer> centres = positive(map, "num-centres");
    double difference = map.number("largest-difference").orElse(LARGEST_DIFFERENCE);
    int permutations = map.smallInteger("num-permutations", LSDD_PERMUTATIONS);
    boolean standardize = map.flag("standardize", Flag.TRUE);
    return map.build(
        () -> new DriftMetricSpec.Lsdd(sigma, centres, difference, permutations, standardize));
  }

  private static @Nullable DriftMetricSpec classifier(YamlMap map) {
    return map.build(DriftMetricSpec.Classifier::new);
  }

  private static @Nullable DriftMetricSpec meanDistance(YamlMap map) {
    Norm norm = map.choice("norm", Norm.EUCLIDEAN, Norm.values());
    boolean standardize = map.flag("standardize", Flag.FALSE);
    return map.build(() -> new DriftMetricSpec.MeanDistance(norm, standardize));
  }

  /** The record's constructor objects to what is not positive. */
  private static Optional<Integer> positive(YamlMap map, String key) {
    return map.has(key) ? Optional.of(map.smallInteger(key, 1)) : Optional.empty();
  }
}
