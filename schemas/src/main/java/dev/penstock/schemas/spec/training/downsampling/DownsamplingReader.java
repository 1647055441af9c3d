package dev.penstock.schemas.spec.training.downsampling;

import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec.Amount;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec.Mode;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Function;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Gradients;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Greedy;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Holdout;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.ScoreMetric;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Search;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec.Phase;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a training's {@code downsampling}. */
public final class DownsamplingReader {

  private static final int PERCENT = 100;
  private static final double EPSILON = 0.1;
  private static final int HOLDOUT_RATIO = 10;

  /** Similarities of so many samples are looked at in a second or less. */
  private static final int PART_SIZE = 4096;

  private static final Map<String, java.util.function.Function<YamlMap, @Nullable DownsamplerSpec>>
      TYPES =
          Map.of(
              "loss", map -> of(map, new DownsamplingMethod.Loss()),
              "gradient-norm", DownsamplingReader::gradientNorm,
              "uncertainty", DownsamplingReader::uncertainty,
              "k-center", DownsamplingReader::kCenter,
              "submodular", DownsamplingReader::submodular,
              "craig", DownsamplingReader::craig,
              "grad-match", DownsamplingReader::gradMatch,
              "rho-loss", DownsamplingReader::rhoLoss,
              "rs2", DownsamplingReader::rs2);

  private DownsamplingReader() {}

  public static Optional<DownsamplingSpec> read(YamlMap map) {
    long warmup = map.integer("warmup-triggers").orElse(0L);
    Map<String, java.util.function.Function<YamlMap, @Nullable DownsamplingSpec>> types =
        new LinkedHashMap<>();
    TYPES.forEach(
        (type, reader) ->
            types.put(
                type,
                inner -> {
                  DownsamplerSpec downsampler = reader.apply(inner);
                  return downsampler == null
                      ? null
                      : inner.part(() -> DownsamplingSpec.of(warmup, downsampler));
                }));
    types.put("schedule", inner -> schedule(inner, warmup));
    return map.byType(types);
  }

  private static @Nullable DownsamplingSpec schedule(YamlMap map, long warmup) {
    Optional<List<Phase>> phases = map.maps("phases", DownsamplingReader::phase);
    if (!map.has("phases")) {
      map.problem(
          "phases",
          "must be given, such as phases: [{until-trigger: 5, downsampling: {type: rs2, ratio:"
              + " 50}}, {downsampling: {type: loss, ratio: 10}}]");
    }
    return map.build(() -> new DownsamplingSpec(warmup, phases.orElseThrow()));
  }

  private static Optional<Phase> phase(YamlMap map) {
    Optional<Long> until = map.integer("until-trigger");
    Optional<DownsamplerSpec> downsampler =
        map.requiredMap("downsampling", "{type: loss, ratio: 10}")
            .flatMap(inner -> inner.byType(TYPES));
    return Optional.ofNullable(map.build(() -> new Phase(until, downsampler.orElseThrow())));
  }

  private static @Nullable DownsamplerSpec gradientNorm(YamlMap map) {
    Gradients gradients = gradients(map, Gradients.LAST_LAYER);
    return of(map, new DownsamplingMethod.GradientNorm(gradients));
  }

  private static @Nullable DownsamplerSpec uncertainty(YamlMap map) {
    ScoreMetric metric = map.choice("score-metric", ScoreMetric.MARGIN, ScoreMetric.values());
    return of(map, new DownsamplingMethod.Uncertainty(metric));
  }

  private static @Nullable DownsamplerSpec kCenter(YamlMap map) {
    int partSize = partSize(map);
    return of(map, map.part(() -> new DownsamplingMethod.KCenter(partSize)));
  }

  private static @Nullable DownsamplerSpec submodular(YamlMap map) {
    Function function = map.choice("function", Function.FACILITY_LOCATION, Function.values());
    Search search = search(map);
    return of(map, search == null ? null : new DownsamplingMethod.Submodular(function, search));
  }

  private static @Nullable DownsamplerSpec craig(YamlMap map) {
    Search search = search(map);
    return of(map, search == null ? null : new DownsamplingMethod.Craig(search));
  }

  private static @Nullable Search search(YamlMap map) {
    Greedy greedy = map.choice("greedy", Greedy.LAZY, Greedy.values());
    double epsilon = map.number("epsilon").orElse(EPSILON);
    Gradients gradients = gradients(map, Gradients.LOGITS);
    int partSize = partSize(map);
    return map.part(() -> new Search(greedy, epsilon, gradients, partSize));
  }

  private static @Nullable DownsamplerSpec gradMatch(YamlMap map) {
    double penalty = map.number("penalty").orElse(1.0);
    Gradients gradients = gradients(map, Gradients.LOGITS);
    int partSize = partSize(map);
    return of(map, map.part(() -> new DownsamplingMethod.GradMatch(penalty, gradients, partSize)));
  }

  private static @Nullable DownsamplerSpec rhoLoss(YamlMap map) {
    Holdout holdout = map.choice("holdout", Holdout.SIMPLE, Holdout.values());
    int ratio = map.smallInteger("holdout-ratio", HOLDOUT_RATIO);
    int epochs = map.smallInteger("irreducible-epochs", 0);
    return of(map, map.part(() -> new DownsamplingMethod.RhoLoss(holdout, ratio, epochs)));
  }

  private static Gradients gradients(YamlMap map, Gradients absent) {
    return map.choice("gradients", absent, Gradients.values());
  }

  private static int partSize(YamlMap map) {
    return map.smallInteger("part-size", PART_SIZE);
  }

  /** In every epoch anew, of all samples. */
  private static @Nullable DownsamplerSpec rs2(YamlMap map) {
    boolean withReplacement = map.flag("with-replacement", Flag.FALSE);
    boolean perClass = map.flag("per-class", Flag.FALSE);
    Optional<Amount> amount = amount(map);
    return map.build(
        () ->
            new DownsamplerSpec(
                new DownsamplingMethod.Rs2(withReplacement),
                amount.orElseThrow(),
                Mode.SAMPLE_THEN_BATCH,
                /* period= */ 1,
                perClass));
  }

  private static @Nullable DownsamplerSpec of(YamlMap map, @Nullable DownsamplingMethod method) {
    Optional<Amount> amount = amount(map);
    Mode mode = map.choice("mode", Mode.SAMPLE_THEN_BATCH, Mode.values());
    int period = map.smallInteger("period", 1);
    boolean perClass = map.flag("per-class", Flag.FALSE);
    if (mode == Mode.BATCH_THEN_SAMPLE && map.has("period")) {
      map.problem("period", "must be left out with batch-then-sample, got " + period);
    }
    if (method == null) {
      map.build(() -> 0);
      return null;
    }
    return map.build(
        () -> new DownsamplerSpec(method, amount.orElseThrow(), mode, period, perClass));
  }

  private static Optional<Amount> amount(YamlMap map) {
    int ratio = map.smallInteger("ratio", PERCENT);
    int ratioMax = map.smallInteger("ratio-max", PERCENT);
    Optional<Integer> samples =
        map.has("samples") ? Optional.of(map.smallInteger("samples", 1)) : Optional.empty();
    if (map.has("ratio") == map.has("samples")) {
      map.problem("ratio", "must be given, such as ratio: 10, or samples: 1000, but not both");
    }
    return Optional.ofNullable(map.part(() -> new Amount(ratio, ratioMax, samples)));
  }
}
