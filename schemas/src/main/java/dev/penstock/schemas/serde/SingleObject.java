package dev.penstock.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Layout of Avro's single-object encoding: C3 01, fingerprint little-endian, body. */
final class SingleObject {

  static final byte MARKER_0 = (byte) 0xC3;
  static final byte MARKER_1 = 0x01;
  static final int HEADER_BYTES = 10;

  private SingleObject() {}

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARKER_0)
        .put(MARKER_1)
        .putLong(fingerprint(schema))
        .array();
  }
}
