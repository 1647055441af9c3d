package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.selection.SelectionReader;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.storage.ModelStorageReader;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.training.TrainingReader;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.trigger.TriggerReader;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code kind: pipeline}. */
final class PipelineReader {

  private static final EvaluationSpec DEFAULT_EVALUATION =
      new EvaluationSpec(new Slice.Samples(1000));
  private static final SelectionSpec DEFAULT_SELECTION =
      new SelectionSpec.NewData(Optional.of(0), Optional.empty());

  private PipelineReader() {}

  static @Nullable PipelineSpec read(YamlMap map) {
    map.text("kind");
    String name = map.requiredText("name", "my-pipeline");
    String dataset = map.requiredText("dataset", "my-dataset");
    Optional<TriggerSpec> trigger =
        map.requiredMap("trigger", "{type: data-amount, num-samples: 1000}")
            .flatMap(TriggerReader::read);
    Optional<PredictionsSpec> predictions = map.map("predictions").flatMap(PredictionsReader::read);
    if (map.has("predictions")) {
      trigger.ifPresent(spec -> PredictionsReader.check(map, "trigger", spec));
    }
    Optional<SelectionSpec> selection = map.map("selection").flatMap(SelectionReader::read);
    Optional<TrainingSpec> training =
        map.requiredMap("training", "{model: {type: mlp, hidden: [32]}}")
            .flatMap(TrainingReader::read);
    Optional<ModelStorageSpec> storage = map.map("model-storage").flatMap(ModelStorageReader::read);
    Optional<EvaluationSpec> evaluation = map.map("evaluation").flatMap(PipelineReader::evaluation);
    return map.build(
        () ->
            new PipelineSpec(
                name,
                dataset,
                trigger.orElseThrow(),
                predictions,
                selection.orElse(DEFAULT_SELECTION),
                training.orElseThrow(),
                storage.orElse(ModelStorageSpec.DEFAULT),
                evaluation.orElse(DEFAULT_EVALUATION)));
  }

  private static Optional<EvaluationSpec> evaluation(YamlMap map) {
    Optional<Slice> slice =
        map.requiredMap("slice", "{samples: 1000}").flatMap(PipelineReader::slice);
    return Optional.ofNullable(map.build(() -> new EvaluationSpec(slice.orElseThrow())));
  }

  private static Optional<Slice> slice(YamlMap map) {
    Optional<Long> samples = map.integer("samples");
    Optional<Duration> every = map.duration("every");
    if (map.has("samples") == map.has("every")) {
      map.problem("samples", "must be given, or every, but not both");
    }
    return Optional.ofNullable(
        map.build(
            () ->
                samples.isPresent()
                    ? new Slice.Samples(samples.get())
                    : new Slice.Every(every.orElseThrow())));
  }
}
