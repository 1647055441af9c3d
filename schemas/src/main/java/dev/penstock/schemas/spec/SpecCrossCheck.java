package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.selection.SelectionTree;
import dev.penstock.schemas.spec.training.ClassWeights;
import dev.penstock.schemas.spec.training.FeatureSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.training.TrainingSpec.Scaling;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec;
import dev.penstock.schemas.spec.training.model.ModelSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is wrong between a pipeline and its dataset, and between pipelines. */
final class SpecCrossCheck {

  private SpecCrossCheck() {}

  static void check(List<ReadPipeline> pipelines, Map<String, DatasetDeclaration> datasets) {
    checkNames(pipelines);
    for (ReadPipeline pipeline : pipelines) {
      DatasetDeclaration dataset = datasets.get(pipeline.spec().dataset());
      if (dataset == null && !datasets.isEmpty()) {
        pipeline.problem(
            "dataset",
            "must be one of " + datasets.keySet() + ", got " + pipeline.spec().dataset());
      } else if (dataset != null && dataset.isComplete()) {
        checkModel(pipeline, dataset.complete());
        new TriggerCrossCheck(pipeline, dataset.complete()).check();
        checkSelection(pipeline, dataset.complete());
      }
    }
  }

  static void check(List<ReadPipeline> pipelines, DatasetSpec dataset) {
    checkNames(pipelines);
    for (ReadPipeline pipeline : pipelines) {
      if (!pipeline.spec().dataset().equals(dataset.name())) {
        pipeline.problem(
            "dataset", "must be " + dataset.name() + ", got " + pipeline.spec().dataset());
      }
      checkModel(pipeline, dataset);
      new TriggerCrossCheck(pipeline, dataset).check();
      checkSelection(pipeline, dataset);
    }
  }

  private static void checkNames(List<ReadPipeline> pipelines) {
    Map<String, String> byName = new HashMap<>();
    for (ReadPipeline pipeline : pipelines) {
      String name = pipeline.spec().name();
      String other = byName.putIfAbsent(name, pipeline.text().file());
      if (other != null) {
        pipeline.problem("name", "must be unique, but " + other + " has " + name + " too");
      }
    }
  }

  private static void checkSelection(ReadPipeline pipeline, DatasetSpec dataset) {
    if (pipeline.spec().selection().looksAtLabels()
        && !(dataset.label() instanceof LabelSpec.Classes)) {
      pipeline.problem(
          "selection",
          "must be one that needs no classes, such as random, since dataset "
              + dataset.name()
              + " has none, got "
              + SelectionTree.of(pipeline.spec().selection()).get("type"));
    }
  }

  private static void checkModel(ReadPipeline pipeline, DatasetSpec dataset) {
    TrainingSpec training = pipeline.spec().training();
    boolean isText = training.model() instanceof ModelSpec.HashedText;
    if (isText && !(dataset.payload() instanceof PayloadSpec.Text)) {
      pipeline.problem(
          "training.model", "must be another for a dataset of tensors, got hashed-text");
    }
    if (!isText && dataset.payload() instanceof PayloadSpec.Text) {
      pipeline.problem(
          "training.model",
          "must be hashed-text for a dataset of text; or declare the payload as a tensor");
    }
    if (dataset.payload() instanceof PayloadSpec.Tensor tensor) {
      checkModel(pipeline, training, tensor);
    }
    checkLabels(pipeline, training, dataset.label());
  }

  private static void checkLabels(ReadPipeline pipeline, TrainingSpec training, LabelSpec label) {
    boolean classes = label instanceof LabelSpec.Classes;
    if (!classes && training.downsampling().filter(DownsamplingSpec::needsClasses).isPresent()) {
      pipeline.problem(
          "training.downsampling",
          "must be loss, gradient-norm, k-center, rho-loss or rs2, and not per-class, where labels"
              + " are no classes");
    }
    if (training.classWeights().isPresent() && !(label instanceof LabelSpec.Classes)) {
      pipeline.problem("training.class-weights", "must not be given without classes; leave it out");
    }
    if (training.classWeights().orElse(null) instanceof ClassWeights.Given given
        && label instanceof LabelSpec.Classes named
        && given.weights().size() != named.count()) {
      pipeline.problem(
          "training.class-weights",
          "must be " + named.count() + ", one a class, got " + given.weights());
    }
    if (training.features().logLabels() && !(label instanceof LabelSpec.Real)) {
      pipeline.problem(
          "training.features.log1p-labels", "must be false for labels that are no numbers");
    }
    if (training.features().logLabels() && training.downsampling().isPresent()) {
      pipeline.problem(
          "training.features.log1p-labels",
          "must be false with a downsampling, which compares predictions with labels as they are");
    }
  }

  private static void checkFeatures(
      ReadPipeline pipeline, FeatureSpec features, PayloadSpec.Tensor tensor) {
    int columns = tensor.elements();
    if (features.log1p().stream().anyMatch(column -> column >= columns)) {
      pipeline.problem(
          "training.features.log1p",
          "must be columns below " + columns + ", got " + features.log1p());
    }
    int channels = tensor.shape().size() == 3 ? tensor.shape().get(0) : 1;
    features
        .normalization()
        .map(normalization -> normalization.mean().size())
        .filter(size -> size != 1 && size != channels && size != columns)
        .ifPresent(
            size ->
                pipeline.problem(
                    "training.features.normalize.mean",
                    "must be 1, " + channels + " or " + columns + " numbers, got " + size));
  }

  private static void checkModel(
      ReadPipeline pipeline, TrainingSpec training, PayloadSpec.Tensor tensor) {
    if (training.scaling() == Scaling.UNIT && tensor.dtype() != PayloadSpec.Dtype.UINT8) {
      pipeline.problem(
          "training.scaling",
          "must be none, standard or min-max for " + YamlMap.kebab(tensor.dtype()) + ", got unit");
    }
    checkFeatures(pipeline, training.features(), tensor);
    if (training.model() instanceof ModelSpec.Cnn cnn && isImage(pipeline, tensor)) {
      checkCnn(pipeline, cnn, tensor);
    }
    if (training.model() instanceof ModelSpec.Resnet
        && isImage(pipeline, tensor)
        && smallerSide(tensor) < ModelSpec.Resnet.MIN_SIDE) {
      pipeline.problem(
          "training.model",
          "must have images of at least "
              + ModelSpec.Resnet.MIN_SIDE
              + " pixels a side, got "
              + tensor.shape()
              + "; use a cnn");
    }
    if (training.model() instanceof ModelSpec.Dlrm dlrm) {
      checkDlrm(pipeline, dlrm, tensor);
    }
  }

  private static void checkDlrm(
      ReadPipeline pipeline, ModelSpec.Dlrm dlrm, PayloadSpec.Tensor tensor) {
    int columns = tensor.elements();
    boolean within = dlrm.categorical().stream().allMatch(column -> column < columns);
    if (!within || dlrm.categorical().size() == columns) {
      pipeline.problem(
          "training.model.categorical",
          "must be columns below "
              + columns
              + " that leave at least one to be a number, got "
              + dlrm.categorical());
    }
  }

  private static boolean isImage(ReadPipeline pipeline, PayloadSpec.Tensor tensor) {
    int dimensions = tensor.shape().size();
    if (dimensions == 2 || dimensions == 3) {
      return true;
    }
    pipeline.problem(
        "training.model",
        "must have images of shape [height, width] or [channels, height, width], got "
            + tensor.shape()
            + "; use an mlp");
    return false;
  }

  private static int smallerSide(PayloadSpec.Tensor tensor) {
    List<Integer> shape = tensor.shape();
    return Math.min(shape.get(shape.size() - 1), shape.get(shape.size() - 2));
  }

  private static void checkCnn(
      ReadPipeline pipeline, ModelSpec.Cnn cnn, PayloadSpec.Tensor tensor) {
    int smaller = smallerSide(tensor);
    if (smaller >> cnn.filters().size() < 1) {
      pipeline.problem(
          "training.model.filters",
          "must be at most "
              + (31 - Integer.numberOfLeadingZeros(smaller))
              + " for images of shape "
              + tensor.shape()
              + ", got "
              + cnn.filters().size());
    }
  }
}
