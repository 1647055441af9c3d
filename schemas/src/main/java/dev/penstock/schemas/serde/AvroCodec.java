package dev.penstock.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records to bytes and back in Avro's single-object encoding: two marker bytes, the schema's 64-bit
 * fingerprint, the record. Records written with any schema of the history are read. Not
 * thread-safe.
 */
public final class AvroCodec<T extends SpecificRecordBase> {

  private final String name;
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  private AvroCodec(Class<T> type, List<Schema> history) {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    this.name = type.getSimpleName();
    this.encoder = new BinaryMessageEncoder<>(model, schema, /* shouldCopy= */ false);
    this.decoder = new BinaryMessageDecoder<>(model, schema);
    history.forEach(decoder::addSchema);
  }

  /** A codec of {@code type}. */
  public static <T extends SpecificRecordBase> AvroCodec<T> of(Class<T> type) {
    return new AvroCodec<>(type, SchemaHistory.of(type.getSimpleName()));
  }

  static <T extends SpecificRecordBase> AvroCodec<T> of(Class<T> type, List<Schema> history) {
    return new AvroCodec<>(type, history);
  }

  /** The record as bytes. */
  public byte[] encode(T message) {
    buffer.reset();
    try {
      encoder.encode(message, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  /**
   * The record that {@code bytes} hold.
   *
   * @throws DecodingException if they hold none, or one of a schema that is not in the history
   */
  public T decode(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new DecodingException("Bytes are no " + name + ": " + e.getMessage(), e);
    }
  }
}
