package dev.penstock.worker.supervisor;

import dev.penstock.kafka.TopicAdmin;
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
import org.apache.kafka.common.errors.RetriableException;

/** All model versions published so far: what is done already, and what a task can start from. */
final class ModelVersions implements AutoCloseable {

  private final String topic;
  private final TopicAdmin admin;
  private final TopicReader reader;
  private final AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
  private final Set<String> ids = new HashSet<>();

  /** The newest trained version of each pipeline; of one decision, what it was rolled back to. */
  private final Map<String, ModelVersion> newest = new HashMap<>();

  ModelVersions(KafkaSettings kafka, String topic) {
    this.topic = topic;
    this.admin = new TopicAdmin(kafka);
    this.reader = new TopicReader(kafka, topic);
  }

  /**
   * Reads all versions written so far. One that is committed may not be shown yet: the broker
   * confirms a commit before it has told all partitions (KIP-98). It is waited for, since what a
   * task starts from must not depend on how fast the broker is.
   *
   * @throws RetriableException while the broker is away
   */
  void catchUp() throws InterruptedException {
    reader.readTo(admin.ends(topic), message -> add(codec.decode(message.value())));
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
    admin.close();
  }
}
