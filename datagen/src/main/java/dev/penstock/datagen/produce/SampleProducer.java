package dev.penstock.datagen.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.topic.KafkaSettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples to their topic, each once and in order per partition (idempotent producer). The
 * same samples go to the same partitions, and so to the same offsets of a new topic.
 */
public final class SampleProducer implements AutoCloseable {

  private static final long NANOS = 1_000_000_000L;

  private final String topic;
  private final int partitions;
  private final PartitionBy partitionBy;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SampleEncoder encoder = new SampleEncoder();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;
  private long lastTimestamp = Long.MIN_VALUE;

  /** What decides about a sample's partition. */
  public enum PartitionBy {
    /** Its place in the stream, in turn. */
    ROW,
    /** Its key, as Kafka's own partitioner does. */
    KEY
  }

  private SampleProducer(
      String topic,
      int partitions,
      PartitionBy partitionBy,
      KafkaProducer<byte[], byte[]> producer) {
    this.topic = topic;
    this.partitions = partitions;
    this.partitionBy = partitionBy;
    this.producer = producer;
  }

  /**
   * A producer to {@code topic}, which is created, to keep its records for ever, if it does not
   * exist.
   *
   * @param partitions of a new topic
   */
  public static SampleProducer open(
      KafkaSettings kafka, String topic, int partitions, PartitionBy partitionBy)
      throws InterruptedException {
    int actual;
    try (TopicAdmin admin = new TopicAdmin(kafka)) {
      actual = admin.ensure(topic, partitions);
    }
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("enable.idempotence", "true");
    properties.put("linger.ms", "5");
    properties.put("batch.size", String.valueOf(256 << 10));
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    return new SampleProducer(topic, actual, partitionBy, producer);
  }

  /** Sends the sample that {@code samples} has read last. */
  public void send(SampleReader samples) {
    byte[] key = samples.key().getBytes(UTF_8);
    int partition =
        switch (partitionBy) {
          case ROW -> (int) (sent % partitions);
          case KEY -> Utils.toPositive(Utils.murmur2(key)) % partitions;
        };
    send(partition, key, encode(samples));
    lastTimestamp = Math.max(lastTimestamp, samples.timestamp());
    sent++;
  }

  byte[] encode(SampleReader samples) {
    return switch (samples.labelKind()) {
      case NONE -> encoder.unlabelled(samples.timestamp(), samples.key(), samples.payload());
      case CLASS ->
          encoder.classified(
              samples.timestamp(), samples.labelClass(), samples.key(), samples.payload());
      case REAL ->
          encoder.regression(
              samples.timestamp(), samples.labelReal(), samples.key(), samples.payload());
    };
  }

  /**
   * Says in every partition that nothing older than {@code timestamp} will come. Decisions that
   * wait for the newest sample are taken when it is later than that one's.
   */
  public void progress(long timestamp) {
    for (int partition = 0; partition < partitions; partition++) {
      send(partition, null, marker(timestamp));
    }
  }

  byte[] marker(long timestamp) {
    return encoder.progress(timestamp);
  }

  /** Event time of the newest sample sent; Long.MIN_VALUE: none yet. */
  public long newest() {
    return lastTimestamp;
  }

  /** Waits until everything sent is written; throws if something was not. */
  public void flush() {
    producer.flush();
    checkFailure();
  }

  /** Samples sent so far. */
  public long sent() {
    return sent;
  }

  /** Number of partitions of the topic. */
  public int partitions() {
    return partitions;
  }

  /** Waits as long as it takes not to be faster than {@code perSecond} since {@code startNanos}. */
  public static void pace(long samples, double perSecond, long startNanos) {
    long due = startNanos + (long) (samples / perSecond * NANOS);
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  void send(int partition, byte @Nullable [] key, byte[] value) {
    checkFailure();
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, key, value),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  private void checkFailure() {
    Exception exception = failure.get();
    if (exception != null) {
      throw new IllegalStateException("Samples could not be written to " + topic, exception);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
