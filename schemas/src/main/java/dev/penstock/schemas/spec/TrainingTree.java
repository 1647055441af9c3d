package dev.penstock.schemas.spec;

import static dev.penstock.schemas.spec.SpecTree.map;
import static dev.penstock.schemas.spec.SpecTree.unknown;

import dev.penstock.schemas.spec.OptimizationSpec.Clipping;
import dev.penstock.schemas.spec.OptimizationSpec.Group;
import dev.penstock.schemas.spec.ScheduleSpec.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training as maps and lists, in the form of its file, keys always in the same order. */
final class TrainingTree {

  private TrainingTree() {}

  static Map<String, Object> of(TrainingSpec training) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", model(training.model()));
    OptimizationSpec optimization = training.optimization();
    tree.put("optimizer", optimizer(optimization.optimizer()));
    if (!optimization.groups().isEmpty()) {
      Map<String, Object> groups = new LinkedHashMap<>();
      optimization.groups().forEach((name, group) -> groups.put(name, group(group)));
      tree.put("parameter-groups", groups);
    }
    tree.put("learning-rate-schedule", schedule(optimization.schedule()));
    optimization.clipping().ifPresent(c -> tree.put("gradient-clipping", clipping(c)));
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

  static Map<String, Object> model(ModelSpec model) {
    if (model instanceof ModelSpec.Mlp mlp) {
      return map(
          "type", "mlp", "hidden", mlp.hidden(), "activation", YamlMap.kebab(mlp.activation()));
    }
    if (model instanceof ModelSpec.Cnn cnn) {
      return map("type", "cnn", "filters", cnn.filters(), "hidden", cnn.hidden());
    }
    if (model instanceof ModelSpec.Resnet resnet) {
      return map("type", "resnet", "depth", resnet.depth(), "width", resnet.width());
    }
    if (model instanceof ModelSpec.HashedText text) {
      return map(
          "type", "hashed-text",
          "ngrams", text.ngrams(),
          "max-ngrams", text.maxNgrams(),
          "buckets", text.buckets(),
          "embedding", text.embedding(),
          "hidden", text.hidden());
    }
    if (model instanceof ModelSpec.Dlrm dlrm) {
      return map(
          "type", "dlrm",
          "categorical", dlrm.categorical(),
          "buckets", dlrm.buckets(),
          "embedding", dlrm.embedding(),
          "bottom", dlrm.bottom(),
          "top", dlrm.top());
    }
    if (model instanceof ModelSpec.TorchScript script) {
      Map<String, Object> tree = map("type", "torchscript", "file", script.file().toString());
      script.sha256().ifPresent(digest -> tree.put("sha256", digest));
      return tree;
    }
    throw unknown(model);
  }

  static Map<String, Object> optimizer(OptimizerSpec optimizer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", type(optimizer));
    tree.put("learning-rate", optimizer.learningRate());
    tree.put("weight-decay", optimizer.weightDecay());
    if (optimizer instanceof OptimizerSpec.Sgd sgd) {
      tree.put("momentum", sgd.momentum());
      tree.put("dampening", sgd.dampening());
      tree.put("nesterov", sgd.nesterov());
    } else if (optimizer instanceof OptimizerSpec.Adam adam) {
      putMoments(adam.moments(), tree);
    } else if (optimizer instanceof OptimizerSpec.AdamW adamW) {
      putMoments(adamW.moments(), tree);
    } else if (optimizer instanceof OptimizerSpec.RmsProp rmsProp) {
      tree.put("alpha", rmsProp.alpha());
      tree.put("eps", rmsProp.eps());
      tree.put("momentum", rmsProp.momentum());
      tree.put("centered", rmsProp.centered());
    } else if (optimizer instanceof OptimizerSpec.Adagrad adagrad) {
      tree.put("lr-decay", adagrad.learningRateDecay());
      tree.put("initial-accumulator-value", adagrad.initialAccumulator());
      tree.put("eps", adagrad.eps());
    }
    return tree;
  }

  private static String type(OptimizerSpec optimizer) {
    if (optimizer instanceof OptimizerSpec.Sgd) {
      return "sgd";
    }
    if (optimizer instanceof OptimizerSpec.Adam) {
      return "adam";
    }
    if (optimizer instanceof OptimizerSpec.AdamW) {
      return "adamw";
    }
    if (optimizer instanceof OptimizerSpec.RmsProp) {
      return "rmsprop";
    }
    if (optimizer instanceof OptimizerSpec.Adagrad) {
      return "adagrad";
    }
    throw unknown(optimizer);
  }

  private static void putMoments(OptimizerSpec.Moments moments, Map<String, Object> tree) {
    tree.put("betas", List.of(moments.beta1(), moments.beta2()));
    tree.put("eps", moments.eps());
  }

  private static Map<String, Object> group(Group group) {
    Map<String, Object> tree = map("layers", group.layers());
    group.learningRate().ifPresent(rate -> tree.put("learning-rate", rate));
    group.weightDecay().ifPresent(decay -> tree.put("weight-decay", decay));
    tree.put("frozen", group.frozen());
    return tree;
  }

  static Map<String, Object> schedule(ScheduleSpec schedule) {
    Map<String, Object> tree = shape(schedule.shape());
    tree.put("per", YamlMap.kebab(schedule.per()));
    tree.put("warm-up", schedule.warmUp());
    tree.put("warm-up-factor", schedule.warmUpFactor());
    return tree;
  }

  private static Map<String, Object> shape(Shape shape) {
    if (shape instanceof Shape.Constant) {
      return map("type", "constant");
    }
    if (shape instanceof Shape.Step step) {
      return map("type", "step", "step-size", step.size(), "gamma", step.gamma());
    }
    if (shape instanceof Shape.MultiStep steps) {
      return map("type", "multi-step", "milestones", steps.milestones(), "gamma", steps.gamma());
    }
    if (shape instanceof Shape.Exponential exponential) {
      return map("type", "exponential", "gamma", exponential.gamma());
    }
    if (shape instanceof Shape.Cosine cosine) {
      Map<String, Object> tree = map("type", "cosine");
      cosine.length().ifPresent(length -> tree.put("t-max", length));
      tree.put("eta-min", cosine.min());
      return tree;
    }
    throw unknown(shape);
  }

  private static Map<String, Object> clipping(Clipping clipping) {
    if (clipping instanceof Clipping.Norm norm) {
      return map("norm", norm.max());
    }
    if (clipping instanceof Clipping.Value value) {
      return map("value", value.max());
    }
    throw unknown(clipping);
  }
}
