package dev.penstock.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingReader;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingTree;
import dev.penstock.schemas.spec.training.model.ModelReader;
import dev.penstock.schemas.spec.training.model.ModelTree;
import dev.penstock.schemas.spec.training.optimization.OptimizationReader;
import dev.penstock.schemas.spec.training.optimization.OptimizationTree;
import dev.penstock.schemas.spec.trigger.detector.DetectorReader;
import dev.penstock.schemas.spec.trigger.detector.DetectorTree;
import dev.penstock.schemas.spec.trigger.drift.CriterionReader;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricReader;
import dev.penstock.schemas.spec.trigger.drift.MetricTree;
import dev.penstock.schemas.spec.trigger.vote.VoteReader;
import dev.penstock.schemas.spec.trigger.vote.VoteTree;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Policies that are declared in the same place of a pipeline, one {@code type} each.
 *
 * <p>A new type needs an entry in the schema, and a text in the family's folder; a new family a
 * constant here and a folder with a README.
 */
enum PolicyFamily {
  TRIGGERS("trigger", "/properties/trigger"),
  SELECTION("selection", "/properties/selection"),
  DOWNSAMPLING("downsampling", "/$defs/downsampling"),
  MODEL_STORAGE("model-storage", "/properties/model-storage"),
  MODELS("model", "/properties/training/properties/model"),
  OPTIMIZERS("optimizer", "/properties/training/properties/optimizer"),
  SCHEDULES("learning-rate-schedule", "/properties/training/properties/learning-rate-schedule"),
  DETECTORS("detector", "/$defs/detector"),
  VOTES("vote", "/$defs/vote"),
  METRICS("metric", "/$defs/driftMetric"),
  CRITERIA("decision-criterion", "/$defs/criterion"),
  PERFORMANCE_CRITERIA("performance-criterion", "/$defs/performanceCriterion");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String key;
  private final String pointer;

  PolicyFamily(String key, String pointer) {
    this.key = key;
    this.pointer = pointer;
  }

  /** The key under which examples declare a policy. */
  String key() {
    return key;
  }

  /** Folder of its texts and pages. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where the schema has the alternatives. */
  String pointer() {
    return pointer;
  }

  /** Whether all its types are on one page. */
  boolean isOnOnePage() {
    return switch (this) {
      case MODELS, OPTIMIZERS, SCHEDULES, METRICS, CRITERIA, PERFORMANCE_CRITERIA -> true;
      case TRIGGERS, SELECTION, DOWNSAMPLING, MODEL_STORAGE, DETECTORS, VOTES -> false;
    };
  }

  /** Keys that every type has, and that a page of their own explains, by the page's name. */
  Map<String, List<String>> shared() {
    return this == TRIGGERS
        ? Map.of("guards", List.of("cool-down", "min-samples", "max-samples", "in-flight"))
        : Map.of();
  }

  /** What the reader makes of a policy, all defaults filled in. */
  JsonNode readBack(JsonNode policy) {
    return JSON.valueToTree(
        switch (this) {
          case TRIGGERS, SELECTION, MODEL_STORAGE -> ofPipeline(policy);
          case DOWNSAMPLING -> DownsamplingTree.of(read(policy, DownsamplingReader::read));
          case MODELS -> ModelTree.of(read(policy, ModelReader::read));
          case OPTIMIZERS ->
              OptimizationTree.optimizer(read(policy, OptimizationReader::optimizer));
          case SCHEDULES -> OptimizationTree.schedule(read(policy, OptimizationReader::schedule));
          case DETECTORS -> DetectorTree.of(read(policy, DetectorReader::read));
          case VOTES -> VoteTree.of(read(policy, VoteReader::read));
          case METRICS -> MetricTree.of(read(policy, DriftMetricReader::read));
          case CRITERIA -> MetricTree.of(read(policy, CriterionReader::read));
          case PERFORMANCE_CRITERIA -> ofPerformanceTrigger(policy);
        });
  }

  /** The family whose policies stand under that key, or at that place of the schema. */
  static Optional<PolicyFamily> of(String keyOrPointer) {
    return List.of(values()).stream()
        .filter(
            family ->
                family.key.equals(keyOrPointer) || ("#" + family.pointer).equals(keyOrPointer))
        .findFirst();
  }

  private Object ofPipeline(JsonNode policy) {
    ObjectNode pipeline = JSON.createObjectNode();
    pipeline.put("kind", "pipeline").put("name", "example").put("dataset", "samples");
    pipeline.putObject("trigger").put("type", "never");
    pipeline.putObject("training").putObject("model").put("type", "mlp");
    pipeline.set(key, policy);
    PipelineSpec spec = SpecReader.parsePipeline("example", pipeline.toString());
    return PipelineTree.of(spec).getOrDefault(key, Map.of());
  }

  private static JsonNode ofPerformanceTrigger(JsonNode policy) {
    ObjectNode trigger = JSON.createObjectNode();
    trigger.put("type", "performance").put("evaluation-interval-data-points", 250);
    trigger.putObject("decision-criteria").set("c", policy);
    trigger.put("warmup-intervals", 10).putObject("warmup-policy").put("type", "never");
    return TRIGGERS.readBack(trigger).at("/decision-criteria/c");
  }

  private static <T> T read(JsonNode policy, Function<YamlMap, Optional<T>> reader) {
    return SpecReader.parse("example", policy.toString(), map -> reader.apply(map).orElse(null));
  }
}
