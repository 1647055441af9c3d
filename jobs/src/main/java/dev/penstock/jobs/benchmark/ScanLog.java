package dev.penstock.jobs.benchmark;

import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A log of classified samples of one size.
 *
 * @param name of the dataset
 * @param sampleBytes bytes of a record's value, to within a few
 * @param samples that it holds, with one progress marker a partition at the end
 * @param partitions of its topic
 */
record ScanLog(String name, int sampleBytes, long samples, int partitions) {

  private static final long START = 1_700_000_000_000L;
  private static final int SAMPLES_PER_MILLI = 10;

  /** Avro's header, timestamp, label, key and lengths. */
  private static final int OVERHEAD_BYTES = 32;

  private static final int KEY_BASE = 10_000_000;

  DatasetSpec dataset() {
    return SpecReader.parseDataset(
            "benchmark",
            """
            kind: dataset
            name: %s
            payload: {type: tensor, dtype: float32, shape: [%d]}
            label: {type: classes, names: [a, b]}
            """
                .formatted(name, floats()))
        .complete();
  }

  private int floats() {
    return (sampleBytes - OVERHEAD_BYTES) / Float.BYTES;
  }

  /** Fills the topic, which exists and is empty. */
  void fill(Map<String, Object> clientProperties) throws ExecutionException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put("linger.ms", "20");
    properties.put("batch.size", "262144");
    String topic = dataset().topic();
    SampleEncoder encoder = new SampleEncoder();
    SplittableRandom random = new SplittableRandom(1);
    byte[] payload = new byte[floats() * Float.BYTES];
    List<Future<RecordMetadata>> ends = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < samples; i++) {
        random.nextBytes(payload);
        byte[] value =
            encoder.classified(
                START + i / SAMPLES_PER_MILLI,
                random.nextInt(2),
                String.valueOf(KEY_BASE + i),
                payload);
        send(producer, new ProducerRecord<>(topic, (int) (i % partitions), null, value));
      }
      byte[] progress = encoder.progress(START + samples);
      for (int partition = 0; partition < partitions; partition++) {
        ends.add(producer.send(new ProducerRecord<>(topic, partition, null, progress)));
      }
      // Idempotent and in order: the last record of a partition is there if all before it are.
      for (Future<RecordMetadata> end : ends) {
        end.get();
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as many as samples; the ends are waited for
  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }
}
