package dev.penstock.jobs.io;

import dev.penstock.schemas.serde.AvroCodec;
import java.io.Serial;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Avro records to Kafka records. */
final class AvroSerialization<T extends SpecificRecordBase>
    implements KafkaRecordSerializationSchema<T> {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Class<T> type;
  private final String topic;
  private final SerializableFunction<T, byte @Nullable []> key;

  // runtime
  private transient @Nullable AvroCodec<T> codec;

  AvroSerialization(Class<T> type, String topic, SerializableFunction<T, byte @Nullable []> key) {
    this.type = type;
    this.topic = topic;
    this.key = key;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T message, KafkaSinkContext context, @Nullable Long timestamp) {
    AvroCodec<T> encoder = codec;
    if (encoder == null) {
      encoder = AvroCodec.of(type);
      codec = encoder;
    }
    return new ProducerRecord<>(topic, key.apply(message), encoder.encode(message));
  }
}
