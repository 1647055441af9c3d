package dev.penstock.schemas.spec.training;

import dev.penstock.schemas.spec.training.FeatureSpec.Normalization;
import dev.penstock.schemas.spec.training.HoldOutSpec.EarlyStopping;
import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the maps within {@code training} that say on what and how long. */
final class RegimeReader {

  private static final String BALANCED = "balanced";

  private RegimeReader() {}

  static Optional<FeatureSpec> features(YamlMap training) {
    if (!training.has("features")) {
      return Optional.of(FeatureSpec.NONE);
    }
    return training.map("features").flatMap(RegimeReader::readFeatures);
  }

  private static Optional<FeatureSpec> readFeatures(YamlMap map) {
    List<Integer> log1p = map.integers("log1p").orElse(List.of());
    boolean normalized = map.has("normalize");
    Optional<Normalization> normalization =
        map.map("normalize").flatMap(RegimeReader::normalization);
    boolean logLabels = map.flag("log1p-labels", Flag.FALSE);
    return Optional.ofNullable(
        map.build(
            () ->
                new FeatureSpec(
                    log1p,
                    normalized ? Optional.of(normalization.orElseThrow()) : Optional.empty(),
                    logLabels)));
  }

  private static Optional<Normalization> normalization(YamlMap map) {
    List<Double> mean = required(map, "mean", "[0.5]");
    List<Double> std = required(map, "std", "[0.25]");
    return Optional.ofNullable(map.build(() -> new Normalization(mean, std)));
  }

  private static List<Double> required(YamlMap map, String key, String example) {
    if (!map.has(key)) {
      map.problem(key, "must be given, such as " + key + ": " + example);
    }
    return map.numberList(key).orElse(List.of(1.0));
  }

  static Optional<ClassWeights> classWeights(YamlMap training) {
    if (!training.has("class-weights")) {
      return Optional.empty();
    }
    if (training.isText("class-weights")) {
      String text = training.text("class-weights").orElse("");
      if (!text.equals(BALANCED)) {
        training.problem(
            "class-weights", "must be balanced or a list of numbers, one a class, got " + text);
      }
      return Optional.of(new ClassWeights.Balanced());
    }
    Optional<List<Double>> weights = training.numberList("class-weights");
    return weights.flatMap(
        given -> Optional.ofNullable(training.part(() -> new ClassWeights.Given(given))));
  }

  static Optional<HoldOutSpec> holdOut(YamlMap map) {
    double share = map.requiredNumber("share", "0.1");
    boolean stops = map.has("early-stopping");
    Optional<EarlyStopping> stopping =
        map.map("early-stopping").flatMap(RegimeReader::earlyStopping);
    return Optional.ofNullable(
        map.build(
            () ->
                new HoldOutSpec(
                    share, stops ? Optional.of(stopping.orElseThrow()) : Optional.empty())));
  }

  private static Optional<EarlyStopping> earlyStopping(YamlMap map) {
    int patience = map.smallInteger("patience", 1);
    double minDelta = map.number("min-delta").orElse(0.0);
    return Optional.ofNullable(map.build(() -> new EarlyStopping(patience, minDelta)));
  }

  static Optional<CheckpointSpec> checkpoint(YamlMap map) {
    String every = map.requiredText("every", "1000");
    return Optional.ofNullable(map.build(() -> checkpoint(every)));
  }

  private static CheckpointSpec checkpoint(String every) {
    String digits = every.replace("_", "");
    if (digits.matches("\\d{1,18}")) {
      return new CheckpointSpec.Steps(Long.parseLong(digits));
    }
    @Nullable Duration time = DurationText.parse(every).orElse(null);
    if (time == null) {
      throw new IllegalArgumentException(
          "every must be a number of steps or a duration such as 30s, got " + every);
    }
    return new CheckpointSpec.Time(time);
  }

  static List<Long> samplesToPass(YamlMap training) {
    return training.integers("num-samples-to-pass").orElse(List.of()).stream()
        .map(Integer::longValue)
        .toList();
  }
}
