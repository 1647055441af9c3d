package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.TrainingSpec.Scaling;
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
    if (!(dataset.payload() instanceof PayloadSpec.Tensor tensor)) {
      pipeline.problem(
          "training.model",
          "must have a tensor dataset, got text; declare the payload as a tensor");
      return;
    }
    if (training.scaling() == Scaling.UNIT && tensor.dtype() != PayloadSpec.Dtype.UINT8) {
      pipeline.problem(
          "training.scaling",
          "must be none, standard or min-max for " + YamlMap.kebab(tensor.dtype()) + ", got unit");
    }
    boolean classes = dataset.label() instanceof LabelSpec.Classes;
    if (!classes && training.downsampling().filter(DownsamplingSpec::needsClasses).isPresent()) {
      pipeline.problem(
          "training.downsampling",
          "must be loss, gradient-norm, k-center, rho-loss or rs2, and not per-class, where labels"
              + " are no classes");
    }
    if (training.model() instanceof ModelSpec.Cnn cnn) {
      checkCnn(pipeline, cnn, tensor);
    }
  }

  private static void checkCnn(
      ReadPipeline pipeline, ModelSpec.Cnn cnn, PayloadSpec.Tensor tensor) {
    List<Integer> shape = tensor.shape();
    if (shape.size() != 2 && shape.size() != 3) {
      pipeline.problem(
          "training.model",
          "must have images of shape [height, width] or [channels, height, width], got "
              + shape
              + "; use an mlp");
      return;
    }
    int smaller = Math.min(shape.get(shape.size() - 1), shape.get(shape.size() - 2));
    if (smaller >> cnn.filters().size() < 1) {
      pipeline.problem(
          "training.model.filters",
          "must be at most "
              + (31 - Integer.numberOfLeadingZeros(smaller))
              + " for images of shape "
              + shape
              + ", got "
              + cnn.filters().size());
    }
  }
}
