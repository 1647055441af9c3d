package dev.penstock.jobs;

import dev.penstock.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all committed records of a topic. */
final class TopicRecords {

  private TopicRecords() {}

  static List<ConsumerRecord<byte[], byte[]>> of(EmbeddedBroker broker, String topic) {
    Map<String, Object> properties = new HashMap<>(broker.clientProperties());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      // A commit is answered before its markers are written: the stable end may lag behind it.
      Map<TopicPartition, Long> ends = highWatermarks(broker, partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end(ends, p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static Map<TopicPartition, Long> highWatermarks(
      EmbeddedBroker broker, List<TopicPartition> partitions) {
    Map<String, Object> properties = new HashMap<>(broker.clientProperties());
    properties.put("isolation.level", "read_uncommitted");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions);
    }
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }
}
