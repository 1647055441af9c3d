package dev.penstock.worker.data;

import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.serde.SampleHeaderReader.Kind;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans a stretch of a partition and copies the selected samples. Others are not decoded, not even
 * copied: their bytes stay in the fetch.
 */
final class ShardReader {

  private static final Duration POLL = Duration.ofSeconds(1);

  /** After so many polls without a record it is asked whether there will be one. */
  private static final int EMPTY_POLLS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final String topic;
  private final SampleBuffer buffer;
  private final SampleHeaderReader header = new SampleHeaderReader();

  ShardReader(Consumer<ByteBuffer, ByteBuffer> consumer, String topic, SampleBuffer buffer) {
    this.consumer = consumer;
    this.topic = topic;
    this.buffer = buffer;
  }

  void read(Shard shard, SampleSet set) {
    TopicPartition partition = new TopicPartition(topic, shard.partition());
    consumer.assign(List.of(partition));
    checkPresent(partition, shard);
    consumer.seek(partition, shard.from());
    PrimitiveIterator.OfLong wanted = set.offsets(shard.partition());
    long next = wanted.nextLong();
    while (next < shard.from()) {
      next = wanted.nextLong();
    }
    int index = shard.firstIndex();
    int end = index + shard.samples();
    int emptyPolls = 0;
    while (index < end) {
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = consumer.poll(POLL).records(partition);
      emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
      if (emptyPolls >= EMPTY_POLLS) {
        emptyPolls = 0;
        checkStillPresent(partition, shard, next);
      }
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
        if (record.offset() < next) {
          continue;
        }
        if (record.offset() > next) {
          throw missing(shard, next);
        }
        copy(record, index++);
        if (index == end) {
          return;
        }
        next = wanted.nextLong();
      }
    }
  }

  private void checkPresent(TopicPartition partition, Shard shard) {
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(List.of(partition));
    long start = starts.getOrDefault(partition, 0L);
    if (start > shard.from()) {
      throw new MissingSamplesException(
          "samples from offset "
              + shard.from()
              + " of "
              + partition
              + " must be in the log, which starts at "
              + start
              + "; keep them longer (retention.ms)");
    }
  }

  /** A broker that is away comes back, so that only its answer counts. */
  private void checkStillPresent(TopicPartition partition, Shard shard, long offset) {
    try {
      long start = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      if (start > offset || end <= offset || consumer.position(partition) > offset) {
        throw missing(shard, offset);
      }
    } catch (TimeoutException e) {
      LOG.warn("Waiting for the broker to read {} from offset {}", partition, offset, e);
    }
  }

  private void copy(ConsumerRecord<ByteBuffer, ByteBuffer> record, int index) {
    ByteBuffer value = record.value();
    byte[] bytes = new byte[value == null ? 0 : value.remaining()];
    if (value != null) {
      value.get(bytes);
    }
    if (header.read(bytes) != Kind.SAMPLE || header.payloadLength() != buffer.payloadBytes()) {
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

  private MissingSamplesException missing(Shard shard, long offset) {
    return new MissingSamplesException(
        "sample at offset "
            + offset
            + " of "
            + topic
            + "-"
            + shard.partition()
            + " must be in the log, got none");
  }
}
