package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.trigger.DriftTriggerSpec;
import dev.penstock.schemas.spec.trigger.DriftTriggerSpec.Watch;
import dev.penstock.schemas.spec.trigger.EnsembleTriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Optional;

/** Reads {@code predictions}, and finds triggers that look at what cannot come from there. */
final class PredictionsReader {

  private PredictionsReader() {}

  static Optional<PredictionsSpec> read(YamlMap map) {
    String topic = map.requiredText("topic", "my-predictions");
    return Optional.ofNullable(map.build(() -> new PredictionsSpec(topic)));
  }

  /** Reports every trigger that compares embeddings. */
  static void check(YamlMap pipeline, String path, TriggerSpec trigger) {
    if (trigger instanceof TriggerSpec.Guarded guarded) {
      check(pipeline, path, guarded.trigger());
    } else if (trigger instanceof EnsembleTriggerSpec ensemble) {
      ensemble
          .subtriggers()
          .forEach((name, member) -> check(pipeline, path + ".subtriggers." + name, member));
    } else if (trigger instanceof DriftTriggerSpec drift && drift.watch() == Watch.EMBEDDINGS) {
      pipeline.problemAt(
          path + ".watch",
          "must be features, predictions or labels, since a topic of predictions has no"
              + " embeddings, got embeddings; else leave out the pipeline's predictions");
    }
  }
}
