package dev.penstock.jobs.io;

import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.source.RawRecordSerializer;
import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands records on as they are, in one object that is filled again and again: what follows is
 * chained and reads only what it needs.
 */
public final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {

  @Serial private static final long serialVersionUID = 1L;

  private transient @Nullable RawRecord reused;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<RawRecord> out) {
    RawRecord record = reused;
    if (record == null) {
      record = new RawRecord();
      reused = record;
    }
    out.collect(
        record.set(
            consumed.partition(),
            consumed.offset(),
            consumed.timestamp(),
            consumed.key(),
            consumed.value()));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return RawRecordSerializer.TYPE;
  }
}
