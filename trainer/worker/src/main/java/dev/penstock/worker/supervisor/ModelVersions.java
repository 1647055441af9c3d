package dev.penstock.worker.supervisor;

import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All model versions published so far: what is done already, and what a task can start from. */
final class ModelVersions implements AutoCloseable {

  private final TopicReader reader;
  private final AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
  private final Set<String> ids = new HashSet<>();

  /** The newest trained version of each pipeline. */
  private final Map<String, ModelVersion> newest = new HashMap<>();

  ModelVersions(KafkaSettings kafka, String topic) {
    reader = new TopicReader(kafka, topic);
  }

  /** Reads up to the topic's present end. */
  void catchUp() {
    reader.readToEnd(message -> add(codec.decode(message.value())));
  }

  private void add(ModelVersion version) {
    ids.add(version.getId());
    if (version.getStatus() == ModelStatus.TRAINED) {
      newest.merge(
          version.getPipeline(),
          version,
          (one, other) -> one.getDecisionNumber() > other.getDecisionNumber() ? one : other);
    }
  }

  /** Whether the task has a model version. */
  boolean isDone(TrainingTask task) {
    return ids.contains(task.getId());
  }

  /**
   * The version that the task starts from: the newest that was trained before it. Tasks of a
   * pipeline are worked off in order, so that this is its parent, or that one's if it failed.
   */
  Optional<ModelVersion> parentOf(TrainingTask task) {
    return Optional.ofNullable(newest.get(task.getPipeline()))
        .filter(version -> version.getDecisionNumber() < task.getDecisionNumber());
  }

  @Override
  public void close() {
    reader.close();
  }
}
