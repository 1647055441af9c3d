package dev.penstock.datagen.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.serde.SampleContract;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples so that they are read in the order in which they are sent, however many partitions
 * there are: a reader that merges partitions waits for none of what follows. Samples of one slice
 * time share a partition, the next slice time takes the next one, and progress markers in all
 * partitions stand before it. An event time that steps back counts as the newest one.
 *
 * <p>What is written is a function of the samples alone. A log that an earlier process left
 * unfinished is therefore completed by sending all samples again: those that are there are not
 * written twice.
 */
public final class OrderedProducer implements AutoCloseable {

  private final SampleProducer producer;
  private final SampleHeaderReader header;
  private final SampleContract contract;

  /** Records of each partition that were there before. */
  private final long[] there;

  private final long[] next;
  private int partition = -1;
  private long newest = Long.MIN_VALUE;

  private OrderedProducer(SampleProducer producer, DatasetSpec dataset, long[] there) {
    this.producer = producer;
    this.header = new SampleHeaderReader(dataset.label());
    this.contract = new SampleContract(dataset);
    this.there = there;
    this.next = new long[there.length];
  }

  /**
   * A producer to a dataset's topic, which nobody else writes to, and which is created if it does
   * not exist.
   *
   * @param partitions of a new topic
   */
  public static OrderedProducer open(KafkaSettings kafka, DatasetSpec dataset, int partitions)
      throws InterruptedException {
    SampleProducer producer =
        SampleProducer.open(kafka, dataset.topic(), partitions, SampleProducer.PartitionBy.ROW);
    long[] there = new long[producer.partitions()];
    try (TopicAdmin admin = new TopicAdmin(kafka)) {
      for (Map.Entry<TopicPartition, Long> end : admin.ends(dataset.topic()).entrySet()) {
        there[end.getKey().partition()] = end.getValue();
      }
    }
    return new OrderedProducer(producer, dataset, there);
  }

  /**
   * Moves the slice time on, if it is later than the newest one: samples before it will not come.
   *
   * @return whether it is
   */
  public boolean advance(long timestamp) {
    if (timestamp <= newest) {
      return false;
    }
    newest = timestamp;
    partition = (partition + 1) % there.length;
    byte[] marker = producer.marker(timestamp);
    byte[] others = timestamp == Long.MAX_VALUE ? marker : producer.marker(timestamp + 1);
    for (int i = 0; i < there.length; i++) {
      write(i, null, i == partition ? marker : others);
    }
    return true;
  }

  /**
   * Sends the sample that {@code samples} has read last, with its slice time reached before.
   *
   * @return whether it keeps the dataset's contract: another one will be quarantined
   */
  public boolean send(SampleReader samples) {
    byte[] value = producer.encode(samples);
    write(partition, samples.key().getBytes(UTF_8), value);
    return header.read(value) == SampleHeaderReader.Kind.SAMPLE
        && contract.accepts(header, System.currentTimeMillis());
  }

  /** Slice time of the newest sample; Long.MIN_VALUE: none yet. */
  public long newest() {
    return newest;
  }

  /** Waits until everything sent is written; throws if something was not. */
  public void flush() {
    producer.flush();
  }

  private void write(int to, byte @Nullable [] key, byte[] value) {
    if (next[to]++ >= there[to]) {
      producer.send(to, key, value);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
