package dev.penstock.worker.data;

import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.serde.SampleHeaderReader.Kind;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans partitions side by side and copies the selected samples. Others are not decoded, not even
 * copied: their bytes stay in the fetch.
 */
final class StretchReader {

  private static final Duration POLL = Duration.ofSeconds(1);

  /** After so many polls without a record it is asked whether there will be one. */
  private static final int EMPTY_POLLS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(StretchReader.class);

  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final String topic;
  private final SampleBuffer buffer;
  private final SampleHeaderReader header;

  StretchReader(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      String topic,
      LabelSpec label,
      SampleBuffer buffer) {
    this.consumer = consumer;
    this.topic = topic;
    this.header = new SampleHeaderReader(label);
    this.buffer = buffer;
  }

  /** Where the reading of a stretch stands. */
  private static final class Cursor {

    private final Stretch stretch;
    private final TopicPartition partition;
    private final PrimitiveIterator.OfLong wanted;
    private long next;
    private int read;

    private Cursor(Stretch stretch, TopicPartition partition, SampleSet set) {
      this.stretch = stretch;
      this.partition = partition;
      this.wanted = set.offsets(stretch.partition());
      this.next = wanted.nextLong();
    }

    private boolean isComplete() {
      return read == stretch.samples();
    }

    private int index() {
      return stretch.firstIndex() + read;
    }

    private void advance() {
      read++;
      if (!isComplete()) {
        next = wanted.nextLong();
      }
    }
  }

  /**
   * Reads stretches to their ends.
   *
   * @param progress told of how many samples of a stretch are there
   * @throws MissingSamplesException if the log does not have all samples
   */
  void read(List<Stretch> stretches, SampleSet set, ObjIntConsumer<Stretch> progress) {
    List<Cursor> open = new ArrayList<>();
    for (Stretch stretch : stretches) {
      open.add(new Cursor(stretch, new TopicPartition(topic, stretch.partition()), set));
    }
    List<TopicPartition> partitions = open.stream().map(cursor -> cursor.partition).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    for (Cursor cursor : open) {
      checkPresent(cursor, starts.getOrDefault(cursor.partition, 0L));
      consumer.seek(cursor.partition, cursor.next);
    }
    int emptyPolls = 0;
    while (!open.isEmpty()) {
      ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(POLL);
      emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
      if (emptyPolls >= EMPTY_POLLS) {
        emptyPolls = 0;
        open.forEach(this::checkStillPresent);
      }
      for (Cursor cursor : open) {
        copy(records.records(cursor.partition), cursor);
        progress.accept(cursor.stretch, cursor.read);
        if (cursor.isComplete()) {
          consumer.pause(List.of(cursor.partition));
        }
      }
      open.removeIf(Cursor::isComplete);
    }
  }

  private void copy(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, Cursor cursor) {
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
      if (record.offset() < cursor.next) {
        continue;
      }
      if (record.offset() > cursor.next) {
        throw missing(cursor);
      }
      copy(record, cursor.index());
      cursor.advance();
      if (cursor.isComplete()) {
        return;
      }
    }
  }

  private static void checkPresent(Cursor cursor, long start) {
    if (start > cursor.next) {
      throw new MissingSamplesException(
          "samples from offset "
              + cursor.next
              + " of "
              + cursor.partition
              + " must be in the log, which starts at "
              + start
              + "; keep them longer (retention.ms)");
    }
  }

  /** A broker that is away comes back, so that only its answer counts. */
  private void checkStillPresent(Cursor cursor) {
    List<TopicPartition> partition = List.of(cursor.partition);
    try {
      long start = consumer.beginningOffsets(partition).getOrDefault(cursor.partition, 0L);
      long end = consumer.endOffsets(partition).getOrDefault(cursor.partition, 0L);
      if (start > cursor.next
          || end <= cursor.next
          || consumer.position(cursor.partition) > cursor.next) {
        throw missing(cursor);
      }
    } catch (TimeoutException e) {
      LOG.warn(
          "Waiting for the broker to read {} from offset {}", cursor.partition, cursor.next, e);
    }
  }

  private void copy(ConsumerRecord<ByteBuffer, ByteBuffer> record, int index) {
    ByteBuffer value = record.value();
    byte[] bytes = new byte[value == null ? 0 : value.remaining()];
    if (value != null) {
      value.get(bytes);
    }
    if (header.read(bytes) != Kind.SAMPLE || !buffer.accepts(header.payloadLength())) {
      throw new MissingSamplesException(
          "record at offset "
              + record.offset()
              + " of "
              + topic
              + "-"
              + record.partition()
              + " must be a sample with a payload of "
              + buffer.payloadBytes()
              + " bytes; was the topic written anew?");
    }
    buffer.put(
        index, ByteBuffer.wrap(bytes, header.payloadStart(), header.payloadLength()), label());
  }

  private double label() {
    LabelKind kind = header.labelKind();
    return switch (kind) {
      case NONE -> Double.NaN;
      case CLASS -> header.labelClass();
      case REAL -> header.labelReal();
    };
  }

  private static MissingSamplesException missing(Cursor cursor) {
    return new MissingSamplesException(
        "sample at offset "
            + cursor.next
            + " of "
            + cursor.partition
            + " must be in the log, got none");
  }
}
