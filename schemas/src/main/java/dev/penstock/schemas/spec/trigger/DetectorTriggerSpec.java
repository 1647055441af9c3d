package dev.penstock.schemas.spec.trigger;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.Optional;

/**
 * When a streaming detector says that something has changed.
 *
 * @param evaluationInterval samples from one answer to the next; the detector sees each of them
 * @param watch what it sees
 * @param column index of the feature, from 0, if it sees one
 * @param detector that sees it
 */
public record DetectorTriggerSpec(
    long evaluationInterval, Watch watch, Optional<Integer> column, DetectorSpec detector)
    implements TriggerSpec.Evaluated {

  /** What a detector sees. */
  public enum Watch {
    /** Whether the model's answer is wrong. */
    ERROR,
    /** The model's loss. */
    LOSS,
    /** One element of the payload. */
    FEATURE,
    /** The label. */
    LABEL
  }

  public DetectorTriggerSpec {
    Fields.atLeast("evaluation-interval-data-points", evaluationInterval, 1);
    requireNonNull(watch, "watch is null");
    requireNonNull(detector, "detector is null");
    Fields.check(
        watch == Watch.ERROR || detector instanceof DetectorSpec.OfValues,
        "watch",
        "error, since this detector sees right and wrong only",
        YamlMap.kebab(watch));
    Fields.check(
        column.isPresent() == (watch == Watch.FEATURE),
        "column",
        watch == Watch.FEATURE ? "given, such as column: 0" : "absent unless a feature is watched",
        column.map(Object::toString).orElse("none"));
    column.ifPresent(index -> Fields.atLeast("column", index, 0));
  }
}
