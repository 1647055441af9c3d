package dev.penstock.worker.data;

import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a training set's samples with several fetchers, each its own stretches of the log.
 *
 * @param kafka how to reach Kafka
 * @param topic the sample log
 * @param fetchers threads
 */
public record SampleLoader(KafkaSettings kafka, String topic, int fetchers) {

  /**
   * Fills the buffer.
   *
   * @throws MissingSamplesException if the log does not have all samples
   */
  public void load(SampleSet set, SampleBuffer buffer) throws InterruptedException {
    Queue<Shard> shards = new ConcurrentLinkedQueue<>(Shard.of(set, fetchers));
    ExecutorService executor = Executors.newFixedThreadPool(fetchers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < fetchers; i++) {
        running.add(executor.submit(() -> fetch(shards, set, buffer)));
      }
      for (Future<?> fetcher : running) {
        fetcher.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("Samples of " + topic + " could not be read", e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private void fetch(Queue<Shard> shards, SampleSet set, SampleBuffer buffer) {
    Shard shard = shards.poll();
    if (shard == null) {
      return;
    }
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        new KafkaConsumer<>(properties(), new InPlace(), new InPlace())) {
      ShardReader reader = new ShardReader(consumer, topic, buffer);
      for (; shard != null; shard = shards.poll()) {
        reader.read(shard, set);
      }
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "none");
    properties.put("enable.auto.commit", "false");
    // A scan is bound by the number of round trips, not by memory.
    properties.put("max.poll.records", "20000");
    properties.put("max.partition.fetch.bytes", String.valueOf(8 << 20));
    properties.put("receive.buffer.bytes", String.valueOf(1 << 20));
    // All that is wanted is there: a fetch that waits at the end of the log only delays the close.
    properties.put("fetch.max.wait.ms", "1");
    return properties;
  }

  /** Leaves values where they are: in the fetch. */
  private static final class InPlace implements Deserializer<ByteBuffer> {

    @Override
    public ByteBuffer deserialize(String topic, byte[] data) {
      return ByteBuffer.wrap(data);
    }

    @Override
    @SuppressWarnings("NullAway") // a record without a value has none
    public @Nullable ByteBuffer deserialize(
        String topic, Headers headers, @Nullable ByteBuffer data) {
      return data;
    }
  }
}
