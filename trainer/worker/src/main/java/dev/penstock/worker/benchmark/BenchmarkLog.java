package dev.penstock.worker.benchmark;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.trainingset.SampleSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A sample log of random images. Deleted on close. */
final class BenchmarkLog implements AutoCloseable {

  static final int CLASSES = 10;

  /** As many as the largest number of fetchers that is measured. */
  static final int PARTITIONS = 4;

  private static final long SEED = 7;

  private final TopicAdmin admin;
  private final String topic = "penstock-benchmark-train-" + UUID.randomUUID();
  private final int size;

  private BenchmarkLog(TopicAdmin admin, int size) {
    this.admin = admin;
    this.size = size;
  }

  /** Writes a log of {@code size} samples. */
  static BenchmarkLog write(KafkaSettings kafka, BenchmarkPayload payload, int size)
      throws InterruptedException {
    BenchmarkLog log = new BenchmarkLog(new TopicAdmin(kafka), size);
    log.admin.createNew(log.topic, PARTITIONS, TopicAdmin.KEPT);
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("linger.ms", "20");
    properties.put("batch.size", String.valueOf(1 << 18));
    SplittableRandom random = new SplittableRandom(SEED);
    SampleEncoder encoder = new SampleEncoder();
    byte[] image = new byte[payload.bytes()];
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < size; i++) {
        random.nextBytes(image);
        byte[] value = encoder.classified(i, random.nextInt(CLASSES), "", image);
        var unused = producer.send(new ProducerRecord<>(log.topic, i % PARTITIONS, null, value));
      }
    }
    return log;
  }

  String topic() {
    return topic;
  }

  /** Samples spread at random over the first part of the log: {@code samples} of {@code span}. */
  SampleSet select(int samples, int span) {
    if (span > size) {
      throw new IllegalArgumentException("span must be at most " + size + ", got " + span);
    }
    SampleSet.Builder set = SampleSet.builder();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long stream = SampleHash.stream(SEED, partition);
      int wanted = samples / PARTITIONS;
      int offsets = span / PARTITIONS;
      // Selection sampling (Knuth, TAOCP 2, algorithm S): exactly as many as wanted.
      for (int offset = 0; offset < offsets; offset++) {
        long drawn = Long.remainderUnsigned(SampleHash.of(stream, offset), offsets - offset);
        if (drawn < wanted) {
          set.add(partition, offset);
          wanted--;
        }
      }
    }
    return set.build();
  }

  @Override
  public void close() throws InterruptedException {
    admin.delete(topic);
    admin.close();
  }
}
