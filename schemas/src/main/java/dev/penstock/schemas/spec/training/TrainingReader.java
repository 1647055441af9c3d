package dev.penstock.schemas.spec.training;

import dev.penstock.schemas.spec.training.TrainingSpec.Scaling;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingReader;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec;
import dev.penstock.schemas.spec.training.model.InitialSpec;
import dev.penstock.schemas.spec.training.model.ModelReader;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import dev.penstock.schemas.spec.training.optimization.OptimizationReader;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlMap.Flag;
import java.util.List;
import java.util.Optional;

/** Reads a pipeline's {@code training}. */
public final class TrainingReader {

  private TrainingReader() {}

  public static Optional<TrainingSpec> read(YamlMap map) {
    Optional<ModelSpec> model =
        map.requiredMap("model", "{type: mlp, hidden: [32]}").flatMap(ModelReader::read);
    Optional<OptimizationSpec> optimization = OptimizationReader.read(map);
    boolean usePreviousModel = map.flag("use-previous-model", Flag.TRUE);
    Optional<InitialSpec> initial = map.map("initial").flatMap(ModelReader::initial);
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
    Precision precision = map.choice("precision", Precision.FLOAT32, Precision.values());
    Optional<CheckpointSpec> checkpoint = map.map("checkpoint").flatMap(RegimeReader::checkpoint);
    if (model.orElse(null) instanceof ModelSpec.TorchScript) {
      checkModule(map, precision, downsampling);
    }
    return Optional.ofNullable(
        map.build(
            () ->
                new TrainingSpec(
                    model.orElseThrow(),
                    optimization.orElseThrow(),
                    usePreviousModel,
                    initial,
                    epochs,
                    samplesToPass,
                    batchSize,
                    shuffle,
                    seed,
                    scaling,
                    features.orElseThrow(),
                    classWeights,
                    holdOut,
                    precision,
                    checkpoint,
                    downsampling)));
  }

  /** The engine runs a module as one layer, in the types that its file has. */
  private static void checkModule(
      YamlMap training, Precision precision, Optional<DownsamplingSpec> downsampling) {
    if (precision != Precision.FLOAT32) {
      training.problem(
          "precision",
          "must be float32 for a torchscript model, whose file says in what it computes; or use"
              + " another model");
    }
    if (downsampling.filter(DownsamplingSpec::looksIntoTheModel).isPresent()) {
      training.problemAt(
          "downsampling",
          "must not look at the last layer of a torchscript model, whose layers are not known; set"
              + " gradients: logits, and use another type than k-center");
    }
  }
}
