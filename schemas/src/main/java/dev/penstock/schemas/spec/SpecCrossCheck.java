package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.TrainingSpec.Scaling;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is wrong between a pipeline and its dataset, and between pipelines. */
final class SpecCrossCheck {

  private SpecCrossCheck() {}

  static void check(
      Map<Path, PipelineSpec> pipelines,
      Map<String, DatasetDeclaration> datasets,
      List<Problem> problems) {
    checkNames(pipelines, problems);
    pipelines.forEach(
        (file, pipeline) -> {
          DatasetDeclaration dataset = datasets.get(pipeline.dataset());
          if (dataset == null && !datasets.isEmpty()) {
            add(
                file,
                "dataset",
                "must be one of " + datasets.keySet() + ", got " + pipeline.dataset(),
                problems);
          } else if (dataset != null && dataset.isComplete()) {
            checkModel(file, pipeline, dataset.complete(), problems);
          }
        });
  }

  static void check(
      Map<Path, PipelineSpec> pipelines, DatasetSpec dataset, List<Problem> problems) {
    checkNames(pipelines, problems);
    pipelines.forEach(
        (file, pipeline) -> {
          if (!pipeline.dataset().equals(dataset.name())) {
            add(
                file,
                "dataset",
                "must be " + dataset.name() + ", got " + pipeline.dataset(),
                problems);
          }
          checkModel(file, pipeline, dataset, problems);
        });
  }

  private static void checkNames(Map<Path, PipelineSpec> pipelines, List<Problem> problems) {
    Map<String, Path> byName = new HashMap<>();
    pipelines.forEach(
        (file, pipeline) -> {
          Path other = byName.putIfAbsent(pipeline.name(), file);
          if (other != null) {
            add(
                file,
                "name",
                "must be unique, but " + other + " has " + pipeline.name() + " too",
                problems);
          }
        });
  }

  private static void checkModel(
      Path file, PipelineSpec pipeline, DatasetSpec dataset, List<Problem> problems) {
    if (!(dataset.payload() instanceof PayloadSpec.Tensor tensor)) {
      add(
          file,
          "training.model",
          "must have a tensor dataset, got text; declare the payload as a tensor",
          problems);
      return;
    }
    if (pipeline.training().scaling() == Scaling.UNIT
        && tensor.dtype() != PayloadSpec.Dtype.UINT8) {
      add(
          file,
          "training.scaling",
          "must be none, standard or min-max for " + YamlMap.kebab(tensor.dtype()) + ", got unit",
          problems);
    }
    if (pipeline.training().model() instanceof ModelSpec.Cnn cnn) {
      checkCnn(file, cnn, tensor, problems);
    }
  }

  private static void checkCnn(
      Path file, ModelSpec.Cnn cnn, PayloadSpec.Tensor tensor, List<Problem> problems) {
    List<Integer> shape = tensor.shape();
    if (shape.size() != 2 && shape.size() != 3) {
      add(
          file,
          "training.model",
          "must have images of shape [height, width] or [channels, height, width], got "
              + shape
              + "; use an mlp",
          problems);
      return;
    }
    int smaller = Math.min(shape.get(shape.size() - 1), shape.get(shape.size() - 2));
    if (smaller >> cnn.filters().size() < 1) {
      add(
          file,
          "training.model.filters",
          "must be at most "
              + (31 - Integer.numberOfLeadingZeros(smaller))
              + " for images of shape "
              + shape
              + ", got "
              + cnn.filters().size(),
          problems);
    }
  }

  private static void add(Path file, String path, String message, List<Problem> problems) {
    problems.add(new Problem(file.toString(), KeyLines.of(file, path), path, message));
  }
}
