package dev.penstock.schemas.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.DatasetTree;
import dev.penstock.schemas.spec.storage.ModelStorageReader;
import dev.penstock.schemas.spec.storage.ModelStorageSpec;
import dev.penstock.schemas.spec.storage.ModelStorageTree;
import dev.penstock.schemas.spec.training.TrainingReader;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.training.TrainingTree;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.spec.trigger.TriggerTree;
import java.util.Map;

/** Specs as JSON in messages: the same spec gives the same bytes. */
public final class SpecJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SpecJson() {}

  /** A dataset as JSON. */
  public static String write(DatasetSpec dataset) {
    return write(DatasetTree.of(dataset));
  }

  /** How to train, as JSON. */
  public static String write(TrainingSpec training) {
    return write(TrainingTree.of(training));
  }

  /** How models are stored, as JSON. */
  public static String write(ModelStorageSpec storage) {
    return write(ModelStorageTree.of(storage));
  }

  /** A trigger, as in a pipeline. */
  public static String write(TriggerSpec trigger) {
    return write(TriggerTree.of(trigger));
  }

  /**
   * Reads what {@link #write(DatasetSpec)} wrote.
   *
   * @throws InvalidSpecException with every mistake
   */
  public static DatasetSpec readDataset(String json) {
    return SpecReader.parseDataset("dataset", json).complete();
  }

  /**
   * Reads what {@link #write(TrainingSpec)} wrote.
   *
   * @throws InvalidSpecException with every mistake
   */
  public static TrainingSpec readTraining(String json) {
    return SpecReader.parse("training", json, map -> TrainingReader.read(map).orElse(null));
  }

  /**
   * Reads what {@link #write(ModelStorageSpec)} wrote; of an empty text, the default.
   *
   * @throws InvalidSpecException with every mistake
   */
  public static ModelStorageSpec readModelStorage(String json) {
    return json.isEmpty()
        ? ModelStorageSpec.DEFAULT
        : SpecReader.parse("model-storage", json, map -> ModelStorageReader.read(map).orElse(null));
  }

  private static String write(Map<String, Object> tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spec could not be written as JSON: " + tree, e);
    }
  }
}
