package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.TrainingSpec.Scaling;
import dev.penstock.schemas.spec.YamlMap.Flag;
import java.util.List;
import java.util.Optional;

/** Reads a pipeline's {@code training}. */
final class TrainingReader {

  private TrainingReader() {}

  static Optional<TrainingSpec> read(YamlMap map) {
    Optional<ModelSpec> model =
        map.requiredMap("model", "{type: mlp, hidden: [32]}").flatMap(ModelReader::read);
    Optional<OptimizationSpec> optimization = OptimizationReader.read(map);
    boolean usePreviousModel = map.flag("use-previous-model", Flag.TRUE);
    int epochs = map.smallInteger("epochs-per-trigger", 1);
    int batchSize = map.smallInteger("batch-size", 64);
    boolean shuffle = map.flag("shuffle", Flag.TRUE);
    long seed = map.integer("seed").orElse(42L);
    Scaling scaling = map.choice("scaling", Scaling.STANDARD, Scaling.values());
    Optional<DownsamplingSpec> downsampling =
        map.map("downsampling").flatMap(DownsamplingReader::read);
    List<Long> samplesToPass = RegimeReader.samplesToPass(map);
    Optional<FeatureSpec> features = RegimeReader.features(map);
    if (map.has("scaling") && features.flatMap(FeatureSpec::normalization).isPresent()) {
      map.problem("scaling", "must not be given beside features.normalize; leave one out");
    }
    Optional<ClassWeights> classWeights = RegimeReader.classWeights(map);
    Optional<HoldOutSpec> holdOut = map.map("hold-out").flatMap(RegimeReader::holdOut);
    Optional<CheckpointSpec> checkpoint = map.map("checkpoint").flatMap(RegimeReader::checkpoint);
    return Optional.ofNullable(
        map.build(
            () ->
                new TrainingSpec(
                    model.orElseThrow(),
                    optimization.orElseThrow(),
                    usePreviousModel,
                    epochs,
                    samplesToPass,
                    batchSize,
                    shuffle,
                    seed,
                    scaling,
                    features.orElseThrow(),
                    classWeights,
                    holdOut,
                    checkpoint,
                    downsampling)));
  }
}
