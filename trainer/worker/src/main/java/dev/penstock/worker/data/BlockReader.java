package dev.penstock.worker.data;

import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.serde.SampleHeaderReader.Kind;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans blocks of partitions side by side and copies the selected samples. Others are not decoded,
 * not even copied: their bytes stay in the fetch.
 */
final class BlockReader {

  private static final Duration POLL = Duration.ofSeconds(1);

  /** After so many polls without a record it is asked whether there will be one. */
  private static final int EMPTY_POLLS = 5;

  private static final String KEEP = "; keep them longer (retention.ms)";

  private static final Logger LOG = LoggerFactory.getLogger(BlockReader.class);

  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private final String topic;
  private final SampleBuffer buffer;
  private final SampleHeaderReader header;
  private final int fetchBytes;

  /**
   * A reader.
   *
   * @param fetchBytes the consumer's {@code max.partition.fetch.bytes}
   */
  BlockReader(
      KafkaConsumer<ByteBuffer, ByteBuffer> consumer,
      String topic,
      LabelSpec label,
      SampleBuffer buffer,
      int fetchBytes) {
    this.consumer = consumer;
    this.fetchBytes = fetchBytes;
    this.topic = topic;
    this.header = new SampleHeaderReader(label);
    this.buffer = buffer;
  }

  /** Where the reading of a partition stands. */
  private static final class Cursor {

    private final TopicPartition partition;
    private final SampleSet set;
    private final Iterator<Block> blocks;
    private Block block;
    private PrimitiveIterator.OfLong wanted;
    private long next;
    private int read;

    private Cursor(String topic, SampleSet set, Iterator<Block> blocks) {
      this.set = set;
      this.blocks = blocks;
      this.block = blocks.next();
      this.partition = new TopicPartition(topic, block.partition());
      this.wanted = set.offsets(block.partition(), block.from());
      this.next = wanted.nextLong();
    }

    /** Another block would have begun with none of its samples read. */
    private boolean isComplete() {
      return read == block.samples();
    }

    private int index() {
      return block.firstIndex() + read;
    }

    /** Goes on to the next sample; says so of a block whose last this was. */
    private void advance(Consumer<Block> done) {
      read++;
      if (read == block.samples()) {
        done.accept(block);
        if (!blocks.hasNext()) {
          return;
        }
        block = blocks.next();
        wanted = set.offsets(block.partition(), block.from());
        read = 0;
      }
      next = wanted.nextLong();
    }
  }

  /**
   * Reads partitions to the ends of their last blocks.
   *
   * @param partitions of each its blocks, in the order in which they are read
   * @param done told of each block that is in the buffer
   * @throws MissingSamplesException if the log does not have all samples
   */
  void read(List<List<Block>> partitions, SampleSet set, Consumer<Block> done) {
    List<Cursor> open = new ArrayList<>();
    for (List<Block> blocks : partitions) {
      open.add(new Cursor(topic, set, blocks.iterator()));
    }
    begin(open, set);
    int emptyPolls = 0;
    while (!open.isEmpty()) {
      ConsumerRecords<ByteBuffer, ByteBuffer> records = poll();
      emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
      if (emptyPolls >= EMPTY_POLLS) {
        emptyPolls = 0;
        open.forEach(this::checkStillPresent);
      }
      for (Cursor cursor : open) {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> fetched = records.records(cursor.partition);
        if (!fetched.isEmpty()) {
          copy(fetched, cursor, done);
          goOn(cursor, fetched.get(fetched.size() - 1).serializedValueSize());
        }
      }
      open.removeIf(Cursor::isComplete);
    }
  }

  private void begin(List<Cursor> cursors, SampleSet set) {
    List<TopicPartition> partitions = cursors.stream().map(cursor -> cursor.partition).toList();
    consumer.assign(partitions);
    consumer
        .beginningOffsets(partitions)
        .forEach((partition, start) -> checkPresent(partition, set, start));
    cursors.forEach(cursor -> consumer.seek(cursor.partition, cursor.next));
  }

  private ConsumerRecords<ByteBuffer, ByteBuffer> poll() {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      throw new MissingSamplesException(
          "samples at " + e.offsetOutOfRangePartitions() + " are no longer in the log" + KEEP, e);
    }
  }

  private void copy(
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, Cursor cursor, Consumer<Block> done) {
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
      if (record.offset() < cursor.next) {
        continue;
      }
      if (record.offset() > cursor.next) {
        throw missing(cursor);
      }
      copy(record, cursor.index());
      cursor.advance(done);
      if (cursor.isComplete() || cursor.next <= record.offset()) {
        return;
      }
    }
  }

  /** To the next block, unless a fetch that is under way will have its beginning. */
  private void goOn(Cursor cursor, int recordBytes) {
    if (cursor.isComplete()) {
      consumer.pause(List.of(cursor.partition));
      return;
    }
    long ahead = cursor.next - consumer.position(cursor.partition);
    if (ahead < 0 || ahead * Math.max(1, recordBytes) > fetchBytes) {
      consumer.seek(cursor.partition, cursor.next);
    }
  }

  private static void checkPresent(TopicPartition partition, SampleSet set, long start) {
    long first = set.first(partition.partition());
    if (start > first) {
      throw new MissingSamplesException(
          "samples from offset "
              + first
              + " of "
              + partition
              + " must be in the log, which starts at "
              + start
              + KEEP);
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
