package dev.penstock.schemas.spec;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Names;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import java.util.Optional;

/**
 * A pipeline: when to train, on which samples, how, and how its models are judged.
 *
 * @param name name of the pipeline, lower case, as {@link Names#PATTERN}
 * @param dataset name of the dataset
 * @param trigger when to train
 * @param predictions what the trigger sees in place of its own models' predictions; empty: those
 * @param selection on which samples
 * @param training how
 * @param modelStorage how its models are stored
 * @param evaluation how its models are judged
 */
public record PipelineSpec(
    String name,
    String dataset,
    TriggerSpec trigger,
    Optional<PredictionsSpec> predictions,
    SelectionSpec selection,
    TrainingSpec training,
    ModelStorageSpec modelStorage,
    EvaluationSpec evaluation) {

  public PipelineSpec {
    Names.check("name", name);
    Names.check("dataset", dataset);
    requireNonNull(trigger, "trigger is null");
    requireNonNull(predictions, "predictions is null");
    requireNonNull(selection, "selection is null");
    requireNonNull(training, "training is null");
    requireNonNull(modelStorage, "modelStorage is null");
    requireNonNull(evaluation, "evaluation is null");
  }
}
