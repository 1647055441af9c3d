package dev.penstock.cli.replay.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.datagen.file.DataException;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleContract;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a topic up to given ends, in position order: by slice time, then partition, then
 * offset, their labels as they were recorded. What is no sample, or breaks the dataset's contract,
 * is left out.
 */
public final class RecordedTopic implements SampleReader {

  private static final Duration POLL = Duration.ofMillis(100);

  private final List<Cursor> cursors;
  private final PriorityQueue<Cursor> next =
      new PriorityQueue<>(
          Comparator.<Cursor>comparingLong(cursor -> cursor.sliceTime)
              .thenComparingInt(cursor -> cursor.partition.partition()));
  private final SampleHeaderReader header = new SampleHeaderReader();
  private byte[] value = {};
  private long sliceTime;
  private @Nullable Cursor current;

  /**
   * A reader before the first sample.
   *
   * @param ends exclusive end offset by partition
   */
  RecordedTopic(KafkaSettings kafka, String topic, Map<Integer, Long> ends, DatasetSpec dataset) {
    cursors =
        ends.entrySet().stream()
            .map(
                end ->
                    new Cursor(
                        kafka, new TopicPartition(topic, end.getKey()), end.getValue(), dataset))
            .toList();
    cursors.stream().filter(Cursor::advance).forEach(next::add);
  }

  /** Reads one partition. */
  private static final class Cursor implements AutoCloseable {

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long end;
    private final SampleContract contract;
    private final SampleHeaderReader header;
    private Iterator<ConsumerRecord<byte[], byte[]>> records =
        List.<ConsumerRecord<byte[], byte[]>>of().iterator();

    /** Of the sample that the cursor is at. */
    private byte[] value = {};

    private long sliceTime = Long.MIN_VALUE;

    Cursor(KafkaSettings kafka, TopicPartition partition, long end, DatasetSpec dataset) {
      Map<String, Object> properties = kafka.clientProperties();
      properties.put("isolation.level", "read_committed");
      properties.put("enable.auto.commit", "false");
      this.partition = partition;
      this.end = end;
      this.contract = new SampleContract(dataset);
      this.header = new SampleHeaderReader(dataset.label());
      this.consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
    }

    /** Goes to the next sample; tells whether there is one. */
    boolean advance() {
      while (true) {
        while (records.hasNext()) {
          ConsumerRecord<byte[], byte[]> message = records.next();
          if (message.offset() >= end) {
            return false;
          }
          if (isSample(message)) {
            return true;
          }
        }
        if (consumer.position(partition) >= end) {
          return false;
        }
        records = consumer.poll(POLL).iterator();
      }
    }

    private boolean isSample(ConsumerRecord<byte[], byte[]> message) {
      byte @Nullable [] bytes = message.value();
      if (bytes == null) {
        return false;
      }
      return switch (header.read(bytes)) {
        case INVALID -> false;
        case PROGRESS -> {
          sliceTime = Math.max(sliceTime, header.timestamp());
          yield false;
        }
        case SAMPLE -> {
          boolean accepted = contract.accepts(header, message.timestamp());
          if (accepted) {
            sliceTime = Math.max(sliceTime, header.timestamp());
            value = bytes;
          }
          yield accepted;
        }
      };
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  @Override
  public boolean next() {
    if (current != null && current.advance()) {
      next.add(current);
    }
    current = next.poll();
    if (current == null) {
      return false;
    }
    value = current.value;
    sliceTime = current.sliceTime;
    if (header.read(value) != SampleHeaderReader.Kind.SAMPLE) {
      throw new DataException("record must be a sample, got " + header.detail());
    }
    return true;
  }

  @Override
  public long timestamp() {
    return header.timestamp();
  }

  @Override
  public long sliceTime() {
    return sliceTime;
  }

  @Override
  public String key() {
    return new String(value, header.keyStart(), header.keyLength(), UTF_8);
  }

  @Override
  public LabelKind labelKind() {
    return header.labelKind();
  }

  @Override
  public long labelClass() {
    return header.labelClass();
  }

  @Override
  public double labelReal() {
    return header.labelReal();
  }

  @Override
  public byte[] payload() {
    int start = header.payloadStart();
    return Arrays.copyOfRange(value, start, start + header.payloadLength());
  }

  @Override
  public void close() {
    cursors.forEach(Cursor::close);
  }
}
