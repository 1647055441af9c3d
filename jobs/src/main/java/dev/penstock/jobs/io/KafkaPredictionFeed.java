package dev.penstock.jobs.io;

import dev.penstock.flink.observation.PredictionFeed;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.Serial;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of a topic of predictions, committed records only.
 *
 * <p>A partition is complete up to the time of its last record that was read, or, when all records
 * have been read that were there a moment ago, transactions that were open included, up to shortly
 * before that moment: what is written later is younger. That holds if brokers set timestamps and
 * clocks are less than {@value #SETTLE_MILLIS} ms apart, or if producers set them and their records
 * arrive in that time.
 */
public final class KafkaPredictionFeed implements PredictionFeed {

  /** For clocks that differ, and records that are on their way. */
  private static final long SETTLE_MILLIS = 1_000;

  /** Waits in the task's thread, but for no longer than a tick of the observer. */
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Tells the ends behind open transactions, which the other does not see. */
  private final KafkaConsumer<byte[], byte[]> ends;

  private final List<TopicPartition> partitions;

  /** Largest timestamp of each that was read since the last seek. */
  private final Map<TopicPartition, Long> times = new HashMap<>();

  private long from;

  private KafkaPredictionFeed(KafkaSettings kafka, String topic) {
    consumer = consumer(kafka, "read_committed");
    ends = consumer(kafka, "read_uncommitted");
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      close();
      throw new IllegalStateException(
          "topic " + topic + " must exist before its predictions are read");
    }
    consumer.assign(partitions);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings kafka, String isolation) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", isolation);
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Opens feeds of topics. */
  public static PredictionFeed.Factory of(KafkaSettings kafka) {
    return new Factory(kafka);
  }

  private record Factory(KafkaSettings kafka) implements PredictionFeed.Factory {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public PredictionFeed open(String topic) {
      return new KafkaPredictionFeed(kafka, topic);
    }
  }

  @Override
  public void seek(long time) {
    from = time;
    times.clear();
    Map<TopicPartition, Long> searched = new HashMap<>();
    partitions.forEach(partition -> searched.put(partition, Math.max(0, time)));
    // Before the search: what is written meanwhile is read.
    Map<TopicPartition, Long> committed = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(searched);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      consumer.seek(partition, at == null ? committed.getOrDefault(partition, 0L) : at.offset());
    }
  }

  @Override
  public long read(long until, Consumer<Message> messages) {
    List<TopicPartition> behind = partitions.stream().filter(p -> time(p) <= until).toList();
    if (behind.isEmpty()) {
      return complete(Map.of(), Long.MIN_VALUE);
    }
    // In this order: what is written after the ends were asked for is younger than the moment.
    long moment = System.currentTimeMillis() - SETTLE_MILLIS;
    Map<TopicPartition, Long> to = ends.endOffsets(behind);
    while (true) {
      List<TopicPartition> open =
          behind.stream().filter(p -> time(p) <= until && !isAt(p, to)).toList();
      if (open.isEmpty()) {
        return complete(to, moment);
      }
      consumer.pause(partitions);
      consumer.resume(open);
      List<Long> before = open.stream().map(consumer::position).toList();
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      polled.forEach(record -> messages.accept(message(record)));
      if (before.equals(open.stream().map(consumer::position).toList())) {
        return complete(to, moment);
      }
    }
  }

  private long time(TopicPartition partition) {
    return times.getOrDefault(partition, Long.MIN_VALUE);
  }

  private boolean isAt(TopicPartition partition, Map<TopicPartition, Long> to) {
    Long end = to.get(partition);
    return end != null && consumer.position(partition) >= end;
  }

  private Message message(ConsumerRecord<byte[], byte[]> record) {
    long time =
        times.merge(
            new TopicPartition(record.topic(), record.partition()), record.timestamp(), Math::max);
    return new Message(record.partition(), record.offset(), time, record.value());
  }

  /** Records that have the time of the last one may follow it. */
  private long complete(Map<TopicPartition, Long> to, long moment) {
    long complete = Long.MAX_VALUE;
    for (TopicPartition partition : partitions) {
      long read = Math.max(from, time(partition)) - 1;
      complete = Math.min(complete, isAt(partition, to) ? Math.max(read, moment) : read);
    }
    return complete;
  }

  @Override
  public void close() {
    consumer.close();
    ends.close();
  }
}
