package dev.penstock.kafka;

import dev.penstock.schemas.topic.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning, or backwards from their end: all partitions, without a
 * consumer group, and committed records only unless others are asked for. A topic that does not
 * exist is not made by reading it. Not thread-safe but for {@link #wakeup}.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  /** Offsets of the first stretch that is read backwards: a few records are often enough. */
  private static final long FIRST_STRETCH = 256;

  /** Of the longest: its records are held in memory, a training task may have some 100 KB. */
  private static final long LONGEST_STRETCH = 4_096;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /** A reader at the beginning of the topics. */
  public TopicReader(KafkaSettings kafka, String... topics) {
    this(kafka, "read_committed", topics);
  }

  /** A reader that does not wait for transactions to end, and reads those that are aborted too. */
  public static TopicReader uncommitted(KafkaSettings kafka, String... topics) {
    return new TopicReader(kafka, "read_uncommitted", topics);
  }

  private TopicReader(KafkaSettings kafka, String isolation, String... topics) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", isolation);
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Whether any of the topics exists. */
  public boolean exists() {
    return !partitions.isEmpty();
  }

  /** Hands on the records up to the present end: those committed since the last call. */
  public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> records) {
    readTo(consumer.endOffsets(partitions), records);
  }

  /**
   * Hands on the records up to these ends. If they are in transactions that are open, their end is
   * waited for.
   */
  public void readTo(
      Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      poll().forEach(records);
    }
  }

  /**
   * Hands on the records that are there now, the newest of each partition first, until {@code more}
   * says that no more are needed. What is committed later is polled next.
   *
   * @return whether there may be earlier records
   */
  public boolean readBackwards(Predicate<ConsumerRecord<byte[], byte[]>> more) {
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> to = ends;
    long length = FIRST_STRETCH;
    boolean wanted = true;
    while (wanted && !to.equals(starts)) {
      Map<TopicPartition, Long> from = before(to, length, starts);
      wanted = newestFirst(stretch(from, to)).stream().allMatch(more);
      to = from;
      length = Math.min(2 * length, LONGEST_STRETCH);
    }
    ends.forEach(consumer::seek);
    return !wanted;
  }

  private static Map<TopicPartition, Long> before(
      Map<TopicPartition, Long> to, long length, Map<TopicPartition, Long> starts) {
    Map<TopicPartition, Long> from = new HashMap<>();
    to.forEach(
        (partition, end) ->
            from.put(partition, Math.max(starts.getOrDefault(partition, 0L), end - length)));
    return from;
  }

  private List<ConsumerRecord<byte[], byte[]>> stretch(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    from.forEach(consumer::seek);
    Set<TopicPartition> open = new HashSet<>(partitions);
    while (true) {
      List<TopicPartition> complete =
          open.stream().filter(p -> consumer.position(p) >= to.getOrDefault(p, 0L)).toList();
      consumer.pause(complete);
      open.removeAll(complete);
      if (open.isEmpty()) {
        consumer.resume(partitions);
        return records;
      }
      for (ConsumerRecord<byte[], byte[]> message : poll()) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        if (message.offset() < to.getOrDefault(partition, 0L)) {
          records.add(message);
        }
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> newestFirst(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Collections.reverse(records);
    return records;
  }

  /** The next records, for which it waits a moment. */
  public ConsumerRecords<byte[], byte[]> poll() {
    return consumer.poll(POLL);
  }

  /** Makes a waiting call, or else the next one, throw a WakeupException. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
