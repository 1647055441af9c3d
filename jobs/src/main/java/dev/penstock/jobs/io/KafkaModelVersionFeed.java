package dev.penstock.jobs.io;

import dev.penstock.flink.evaluation.ModelVersionFeed;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the topic of model versions from its beginning to its present end at every call. There are
 * few of them, and each subtask needs them all, so that they are no state.
 */
public final class KafkaModelVersionFeed implements ModelVersionFeed {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);

  private KafkaModelVersionFeed(Map<String, Object> clientProperties, String topic) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
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

  /** Opens feeds of {@code topic}. */
  public static ModelVersionFeed.Factory of(KafkaSettings kafka, String topic) {
    return new Factory(new HashMap<>(kafka.clientProperties()), topic);
  }

  private record Factory(HashMap<String, Object> properties, String topic)
      implements ModelVersionFeed.Factory {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public ModelVersionFeed open() {
      return new KafkaModelVersionFeed(properties, topic);
    }
  }

  @Override
  public List<ModelVersion> poll() {
    List<ModelVersion> versions = new ArrayList<>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        versions.add(codec.decode(message.value()));
      }
    }
    return versions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
