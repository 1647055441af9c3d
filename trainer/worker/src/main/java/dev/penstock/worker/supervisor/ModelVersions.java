package dev.penstock.worker.supervisor;

import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All model versions published so far: what is done already, and what a task can start from. */
final class ModelVersions implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
  private final Set<String> ids = new HashSet<>();

  /** The newest trained version of each pipeline. */
  private final Map<String, ModelVersion> newest = new HashMap<>();

  ModelVersions(KafkaSettings kafka, String topic) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads up to the topic's present end. */
  void catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        add(codec.decode(message.value()));
      }
    }
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
    consumer.close();
  }
}
