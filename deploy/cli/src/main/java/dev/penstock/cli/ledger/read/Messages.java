package dev.penstock.cli.ledger.read;

import dev.penstock.cli.text.Figures;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One of Penstock's topics, decoded. A topic that is not there yet has no messages. Long reading is
 * told on standard error.
 */
public final class Messages<T extends SpecificRecordBase> implements AutoCloseable {

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final String topic;
  private final AvroCodec<T> codec;
  private final TopicReader reader;
  private long read;
  private long reportedAt;

  public Messages(KafkaSettings kafka, String topic, Class<T> type) {
    this.topic = topic;
    this.codec = AvroCodec.of(type);
    this.reader = new TopicReader(kafka, topic);
  }

  /**
   * Makes sure that the topic is there.
   *
   * @throws IllegalStateException if it is not
   */
  public Messages<T> existing() {
    if (!reader.exists()) {
      reader.close();
      throw new IllegalStateException(
          "No topic " + topic + " yet: has a job run with this --topic-prefix?");
    }
    return this;
  }

  /**
   * Hands on the messages that are there now, newest first, until no more are needed.
   *
   * @return whether there may be earlier ones
   */
  public boolean backwards(Predicate<Written<T>> more) {
    return reader.readBackwards(record -> more.test(decode(record)));
  }

  /** Hands on all messages that are there now, oldest first. */
  public void all(Consumer<T> messages) {
    reader.readToEnd(record -> messages.accept(decode(record).message()));
  }

  /** Hands on what comes, until Ctrl-C. */
  public void follow(Consumer<T> messages) {
    Watch.follow(reader, record -> messages.accept(codec.decode(record.value())));
  }

  private Written<T> decode(ConsumerRecord<byte[], byte[]> record) {
    if (read++ == 0) {
      reportedAt = System.nanoTime();
    } else if (System.nanoTime() - reportedAt > REPORT_NANOS) {
      reportedAt = System.nanoTime();
      System.err.printf("Reading %s: %s messages so far%n", topic, Figures.count(read));
    }
    return new Written<>(codec.decode(record.value()), record.timestamp());
  }

  @Override
  public void close() {
    reader.close();
  }
}
