package dev.penstock.jobs;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.serde.SampleEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes seeded samples to a topic: two float features, two classes, event times with ties. */
final class SampleLog implements AutoCloseable {

  static final long START = 1_700_000_000_000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final SampleEncoder encoder = new SampleEncoder();
  private final SplittableRandom random = new SplittableRandom(7);
  private final String topic;
  private final int partitions;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private long written;

  SampleLog(EmbeddedBroker broker, String topic, int partitions) {
    this.topic = topic;
    this.partitions = partitions;
    broker.createTopic(topic, partitions);
    this.producer = broker.producer();
  }

  /** A good sample's bytes. */
  byte[] sample() {
    return sample(encoder::classified);
  }

  /** The same sample, recorded with a number: below 30 where it is of class 0. */
  byte[] measured() {
    return sample(
        (timestamp, label, key, payload) ->
            encoder.regression(
                timestamp, label == 0 ? -(double) written : 30.0 + (double) written, key, payload));
  }

  /** Writes a sample of a class. */
  private interface Write {
    byte[] of(long timestamp, int label, String key, byte[] payload);
  }

  private byte[] sample(Write write) {
    byte[] payload = new byte[8];
    ByteBuffer.wrap(payload)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat((float) random.nextDouble())
        .putFloat((float) random.nextDouble());
    // Some go back in time and many share a millisecond.
    long timestamp = START + written / 5 - random.nextInt(20);
    return write.of(timestamp, random.nextInt(2), "k" + written, payload);
  }

  /** A bad record's value. */
  byte @Nullable [] bad(BadRecord kind) {
    return kind.value(sample(), encoder);
  }

  /** Appends a record to a random partition. */
  void append(byte[] value) {
    append(random.nextInt(partitions), value);
  }

  void append(int partition, byte @Nullable [] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    written++;
  }

  /** Says in every partition that nothing older than the end will come. */
  void end() throws ExecutionException, InterruptedException {
    for (int partition = 0; partition < partitions; partition++) {
      sent.add(
          producer.send(
              new ProducerRecord<>(topic, partition, null, encoder.progress(START + written))));
    }
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  long written() {
    return written;
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public void close() {
    producer.close();
  }
}
