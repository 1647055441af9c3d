package dev.penstock.schemas.spec;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.selection.SelectionTree;
import dev.penstock.schemas.spec.storage.ModelStorageTree;
import dev.penstock.schemas.spec.training.TrainingTree;
import dev.penstock.schemas.spec.trigger.TriggerTree;
import dev.penstock.schemas.spec.yaml.DurationText;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pipelines as maps, in the form of their files, keys always in the same order. */
final class PipelineTree {

  private PipelineTree() {}

  static Map<String, Object> of(PipelineSpec pipeline) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", "pipeline");
    tree.put("name", pipeline.name());
    tree.put("dataset", pipeline.dataset());
    tree.put("trigger", TriggerTree.of(pipeline.trigger()));
    pipeline
        .predictions()
        .ifPresent(predictions -> tree.put("predictions", map("topic", predictions.topic())));
    tree.put("selection", SelectionTree.of(pipeline.selection()));
    tree.put("training", TrainingTree.of(pipeline.training()));
    tree.put("model-storage", ModelStorageTree.of(pipeline.modelStorage()));
    tree.put("evaluation", Map.of("slice", slice(pipeline.evaluation().slice())));
    return tree;
  }

  private static Map<String, Object> slice(Slice slice) {
    if (slice instanceof Slice.Samples samples) {
      return map("samples", samples.samples());
    }
    if (slice instanceof Slice.Every every) {
      return map("every", DurationText.write(every.every()));
    }
    throw unknown(slice);
  }
}
