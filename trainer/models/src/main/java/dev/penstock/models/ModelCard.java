package dev.penstock.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.ArtifactRef;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model is, for people and programs that find its files: JSON beside the weights.
 *
 * @param dataset what it takes and predicts
 * @param training how it was trained
 * @param module the TorchScript file that has its layers; empty: they follow from {@code training}
 */
public record ModelCard(DatasetSpec dataset, TrainingSpec training, Optional<ArtifactRef> module) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a training went. */
  public record Facts(
      String parent,
      long samples,
      String trainingSetDigest,
      String engine,
      int threads,
      String device,
      Map<String, Double> metrics,
      Optional<ArtifactRef> module) {

    /** Of a model whose layers follow from its spec. */
    public Facts(
        String parent,
        long samples,
        String trainingSetDigest,
        String engine,
        int threads,
        String device,
        Map<String, Double> metrics) {
      this(parent, samples, trainingSetDigest, engine, threads, device, metrics, Optional.empty());
    }
  }

  /** A card. */
  public static byte[] write(TrainingTask task, Facts facts) {
    try {
      ObjectNode card = JSON.createObjectNode();
      card.put("format", "penstock-model-card/1");
      card.put("id", task.getId());
      card.put("pipeline", task.getPipeline());
      card.put("decision", task.getDecisionNumber());
      card.put("trigger", task.getTriggerNumber());
      card.put("weights", "safetensors");
      card.put("parent", facts.parent.isEmpty() ? null : facts.parent);
      card.put("seed", task.getSeed());
      card.set("dataset", JSON.readTree(task.getDataset()));
      card.set("training", JSON.readTree(task.getTraining()));
      ObjectNode set = card.putObject("training-set");
      set.put("samples", facts.samples);
      set.put("digest", facts.trainingSetDigest);
      ObjectNode runtime = card.putObject("runtime");
      runtime.put("engine", facts.engine);
      runtime.put("threads", facts.threads);
      runtime.put("device", facts.device);
      facts.module.ifPresent(
          ref ->
              card.putObject("module")
                  .put("uri", ref.getUri())
                  .put("sha256", ref.getSha256())
                  .put("size", ref.getSize()));
      ObjectNode metrics = card.putObject("metrics");
      new TreeMap<>(facts.metrics).forEach(metrics::put);
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(card);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Card of " + task.getId() + " could not be written", e);
    }
  }

  /** On what a training ran. */
  public record Machine(String engine, int threads, String device) {}

  /** Reads on what the model was trained. */
  public static Machine machine(byte[] json) {
    try {
      JsonNode runtime = JSON.readTree(json).path("runtime");
      return new Machine(
          runtime.path("engine").asText(),
          runtime.path("threads").asInt(1),
          runtime.path("device").asText());
    } catch (IOException e) {
      throw new IllegalArgumentException("card must be JSON", e);
    }
  }

  /** Reads what is needed to score with the model. */
  public static ModelCard read(byte[] json) {
    try {
      JsonNode card = JSON.readTree(json);
      return new ModelCard(
          SpecJson.readDataset(card.path("dataset").toString()),
          SpecJson.readTraining(card.path("training").toString()),
          module(card.path("module")));
    } catch (IOException e) {
      throw new IllegalArgumentException("card must be JSON", e);
    }
  }

  private static Optional<ArtifactRef> module(JsonNode ref) {
    return ref.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new ArtifactRef(
                ref.path("uri").asText(), ref.path("sha256").asText(), ref.path("size").asLong()));
  }
}
