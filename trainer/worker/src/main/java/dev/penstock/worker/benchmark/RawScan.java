package dev.penstock.worker.benchmark;

import dev.penstock.schemas.topic.KafkaSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** The second baseline: consumers that read the log and throw away what they read. */
final class RawScan {

  private static final Duration POLL = Duration.ofSeconds(1);

  private RawScan() {}

  /** Seconds in which so many consumers read the first {@code span} samples of the log. */
  static double seconds(KafkaSettings kafka, BenchmarkLog log, int span, int consumers)
      throws InterruptedException {
    long start = System.nanoTime();
    ExecutorService executor = Executors.newFixedThreadPool(consumers);
    try {
      List<Future<?>> scans = new ArrayList<>();
      for (int consumer = 0; consumer < consumers; consumer++) {
        List<TopicPartition> share = new ArrayList<>();
        for (int p = consumer; p < BenchmarkLog.PARTITIONS; p += consumers) {
          share.add(new TopicPartition(log.topic(), p));
        }
        scans.add(executor.submit(() -> scan(kafka, share, span / BenchmarkLog.PARTITIONS)));
      }
      for (Future<?> scan : scans) {
        scan.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Log could not be read", e.getCause());
    } finally {
      executor.shutdownNow();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void scan(KafkaSettings kafka, List<TopicPartition> partitions, long end) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    properties.put("max.poll.records", "20000");
    properties.put("max.partition.fetch.bytes", String.valueOf(8 << 20));
    properties.put("receive.buffer.bytes", String.valueOf(1 << 20));
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        new KafkaConsumer<>(
            properties, new ByteBufferDeserializer(), new ByteBufferDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      int open = partitions.size();
      while (open > 0) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : consumer.poll(POLL)) {
          if (record.offset() == end - 1) {
            consumer.pause(List.of(new TopicPartition(record.topic(), record.partition())));
            open--;
          }
        }
      }
    }
  }
}
