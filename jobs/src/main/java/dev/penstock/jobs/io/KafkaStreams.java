package dev.penstock.jobs.io;

import dev.penstock.flink.OperatorUids;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.schemas.topic.KafkaSettings;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sources and exactly-once sinks of a job.
 *
 * @param kafka how to reach Kafka
 * @param job name of the job: its consumer group, and part of its transactional ids
 */
public record KafkaStreams(KafkaSettings kafka, String job) {

  /** The broker's default maximum: a transaction must outlast the longest restart. */
  private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

  /**
   * Records that a fetcher hands over at once; Kafka's own 500 are gone in 0.1 ms, less than it
   * takes to wake a thread. Fetches, which are limited in bytes, keep large records from heaping
   * up.
   */
  private static final String MAX_POLL_RECORDS = "5000";

  /** Where a source starts. */
  public enum From {
    EARLIEST,
    LATEST
  }

  /** Where a source ends. */
  public enum Until {
    /** Never. */
    STOPPED,
    /** At the end offsets of the time when the job starts. */
    NOW
  }

  /** The records of a sample log, as a job's source. */
  public DataStream<RawRecord> samples(
      StreamExecutionEnvironment env, String topic, From from, Until until) {
    return env.fromSource(
            source(topic, new RawRecordSchema(), from, until),
            WatermarkStrategy.noWatermarks(),
            "Samples: " + topic)
        .uid(OperatorUids.SAMPLE_SOURCE);
  }

  /** Another topic, with its own schema of records. */
  private <T> KafkaSource<T> source(
      String topic, KafkaRecordDeserializationSchema<T> schema, From from, Until until) {
    KafkaSourceBuilder<T> builder =
        KafkaSource.<T>builder()
            .setTopics(topic)
            .setProperties(consumerProperties())
            .setProperty("isolation.level", "read_committed")
            .setGroupId(job)
            .setClientIdPrefix(job + "-" + topic)
            .setStartingOffsets(
                from == From.EARLIEST ? OffsetsInitializer.earliest() : OffsetsInitializer.latest())
            .setDeserializer(schema);
    if (until == Until.NOW) {
      builder.setBounded(OffsetsInitializer.latest());
    } else {
      // The number of partitions is part of the job's graph.
      builder.setProperty("partition.discovery.interval.ms", "-1");
    }
    return builder.build();
  }

  /** A sink that writes in transactions bound to checkpoints. */
  public <T extends SpecificRecordBase> KafkaSink<T> sink(
      Class<T> type, String topic, SerializableFunction<T, byte @Nullable []> key) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setKafkaProducerConfig(producerProperties())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(job + "-" + topic)
        .setRecordSerializer(new AvroSerialization<>(type, topic, key))
        .build();
  }

  private Properties consumerProperties() {
    Properties properties = properties();
    properties.putIfAbsent("max.poll.records", MAX_POLL_RECORDS);
    return properties;
  }

  private Properties producerProperties() {
    Properties properties = properties();
    properties.putIfAbsent("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
    return properties;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    return properties;
  }
}
