package dev.penstock.worker.data;

import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a training set's samples with several fetchers, each its own partitions.
 *
 * @param kafka how to reach Kafka
 * @param topic the sample log
 * @param label what its labels are
 * @param fetchers threads
 */
public record SampleLoader(KafkaSettings kafka, String topic, LabelSpec label, int fetchers) {

  /** Begins to fill the buffer. Close what is returned. */
  public SampleLoading start(SampleSet set, SampleBuffer buffer) {
    List<Stretch> stretches = Stretch.of(set);
    List<List<Stretch>> shares = shares(stretches);
    ExecutorService executor = Executors.newFixedThreadPool(shares.size());
    SampleLoading loading = new SampleLoading(stretches, buffer, executor);
    for (List<Stretch> share : shares) {
      executor.execute(() -> fetch(share, set, buffer, loading));
    }
    return loading;
  }

  /** As many as there are fetchers, of about the same span, those with the most to read first. */
  private List<List<Stretch>> shares(List<Stretch> stretches) {
    int count = Math.max(1, Math.min(fetchers, stretches.size()));
    List<List<Stretch>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(new ArrayList<>());
    }
    stretches.stream()
        .sorted(Comparator.comparingLong(Stretch::span).reversed())
        .forEach(
            stretch ->
                Collections.min(shares, Comparator.comparingLong(SampleLoader::span)).add(stretch));
    return shares;
  }

  private static long span(List<Stretch> stretches) {
    return stretches.stream().mapToLong(Stretch::span).sum();
  }

  private void fetch(
      List<Stretch> share, SampleSet set, SampleBuffer buffer, SampleLoading loading) {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        new KafkaConsumer<>(properties(), new InPlace(), new InPlace())) {
      new StretchReader(consumer, topic, label, buffer).read(share, set, loading::progress);
    } catch (RuntimeException | Error e) {
      loading.fail(e);
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
