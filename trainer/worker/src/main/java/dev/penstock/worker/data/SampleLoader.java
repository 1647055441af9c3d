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

  /** A scan is bound by the number of round trips, not by memory. */
  private static final int MAX_FETCH_BYTES = 8 << 20;

  /** Below this, round trips cost more than what is fetched in vain. */
  private static final int MIN_FETCH_BYTES = 1 << 18;

  /** A fetch is under way when a block ends, and in vain if the next one is elsewhere. */
  private static final int FETCHES_OF_BLOCK = 4;

  /** Begins to fill the buffer. Close what is returned. */
  public SampleLoading start(Parts parts, SampleBuffer buffer) {
    List<List<List<Block>>> shares = shares(parts.partitions());
    ExecutorService executor = Executors.newFixedThreadPool(shares.size());
    SampleLoading loading = new SampleLoading(parts, buffer, executor);
    int fetchBytes = fetchBytes(parts, buffer.payloadBytes());
    for (List<List<Block>> share : shares) {
      executor.execute(() -> fetch(share, parts.set(), buffer, fetchBytes, loading));
    }
    return loading;
  }

  private static int fetchBytes(Parts parts, int recordBytes) {
    long blocks = Math.max(1, parts.partitions().stream().mapToInt(List::size).sum());
    long wanted = parts.span() / blocks * recordBytes / FETCHES_OF_BLOCK;
    return (int) Math.max(MIN_FETCH_BYTES, Math.min(MAX_FETCH_BYTES, wanted));
  }

  /** As many as there are fetchers, of about the same span, those with the most to read first. */
  private List<List<List<Block>>> shares(List<List<Block>> partitions) {
    int count = Math.max(1, Math.min(fetchers, partitions.size()));
    List<List<List<Block>>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(new ArrayList<>());
    }
    Comparator<List<List<Block>>> bySpan =
        Comparator.comparingLong(share -> share.stream().mapToLong(SampleLoader::span).sum());
    partitions.stream()
        .sorted(Comparator.comparingLong(SampleLoader::span).reversed())
        .forEach(blocks -> Collections.min(shares, bySpan).add(blocks));
    return shares;
  }

  private static long span(List<Block> blocks) {
    return blocks.stream().mapToLong(Block::span).sum();
  }

  private void fetch(
      List<List<Block>> share,
      SampleSet set,
      SampleBuffer buffer,
      int fetchBytes,
      SampleLoading loading) {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        new KafkaConsumer<>(properties(fetchBytes), new InPlace(), new InPlace())) {
      loading.begin(consumer);
      new BlockReader(consumer, topic, label, buffer, fetchBytes).read(share, set, loading::done);
    } catch (RuntimeException | Error e) {
      loading.fail(e);
    }
  }

  private Map<String, Object> properties(int fetchBytes) {
    Map<String, Object> properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "none");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "20000");
    properties.put("max.partition.fetch.bytes", String.valueOf(fetchBytes));
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
