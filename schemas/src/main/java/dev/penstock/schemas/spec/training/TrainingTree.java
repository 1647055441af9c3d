package dev.penstock.schemas.spec.training;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import dev.penstock.schemas.spec.training.downsampling.DownsamplingTree;
import dev.penstock.schemas.spec.training.model.ModelTree;
import dev.penstock.schemas.spec.training.optimization.OptimizationTree;
import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A training as maps and lists, in the form of its file, keys always in the same order. */
public final class TrainingTree {

  private TrainingTree() {}

  public static Map<String, Object> of(TrainingSpec training) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", ModelTree.of(training.model()));
    OptimizationTree.put(training.optimization(), tree);
    tree.put("use-previous-model", training.usePreviousModel());
    training
        .initial()
        .ifPresent(
            initial ->
                tree.put(
                    "initial", map("file", initial.file().toString(), "sha256", initial.sha256())));
    tree.put("epochs-per-trigger", training.epochs());
    if (!training.samplesToPass().isEmpty()) {
      tree.put("num-samples-to-pass", training.samplesToPass());
    }
    tree.put("batch-size", training.batchSize());
    tree.put("shuffle", training.shuffle());
    tree.put("seed", training.seed());
    if (training.features().normalization().isEmpty()) {
      tree.put("scaling", YamlMap.kebab(training.scaling()));
    }
    if (!training.features().equals(FeatureSpec.NONE)) {
      tree.put("features", features(training.features()));
    }
    training.classWeights().ifPresent(weights -> tree.put("class-weights", classWeights(weights)));
    training.holdOut().ifPresent(holdOut -> tree.put("hold-out", holdOut(holdOut)));
    if (training.precision() != Precision.FLOAT32) {
      tree.put("precision", YamlMap.kebab(training.precision()));
    }
    training.downsampling().ifPresent(d -> tree.put("downsampling", DownsamplingTree.of(d)));
    training.checkpoint().ifPresent(c -> tree.put("checkpoint", map("every", every(c))));
    return tree;
  }

  private static Map<String, Object> features(FeatureSpec features) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (!features.log1p().isEmpty()) {
      tree.put("log1p", features.log1p());
    }
    features
        .normalization()
        .ifPresent(n -> tree.put("normalize", map("mean", n.mean(), "std", n.std())));
    tree.put("log1p-labels", features.logLabels());
    return tree;
  }

  private static Object classWeights(ClassWeights weights) {
    return weights instanceof ClassWeights.Given given ? given.weights() : "balanced";
  }

  private static Map<String, Object> holdOut(HoldOutSpec holdOut) {
    Map<String, Object> tree = map("share", holdOut.share());
    holdOut
        .earlyStopping()
        .ifPresent(
            stopping ->
                tree.put(
                    "early-stopping",
                    map("patience", stopping.patience(), "min-delta", stopping.minDelta())));
    return tree;
  }

  private static Object every(CheckpointSpec checkpoint) {
    if (checkpoint instanceof CheckpointSpec.Steps steps) {
      return steps.every();
    }
    if (checkpoint instanceof CheckpointSpec.Time time) {
      return DurationText.write(time.every());
    }
    throw unknown(checkpoint);
  }
}
