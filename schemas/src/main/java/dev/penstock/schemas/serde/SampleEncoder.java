package dev.penstock.schemas.serde;

import dev.penstock.schemas.ProgressMarker;
import dev.penstock.schemas.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes samples and progress markers as they stand in the sample log. Not thread-safe. */
public final class SampleEncoder {

  private static final byte[] SAMPLE = SingleObject.header(Sample.getClassSchema());
  private static final byte[] PROGRESS = SingleObject.header(ProgressMarker.getClassSchema());

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);

  /** A step of the encoding. */
  private interface Write {
    void to(BinaryEncoder encoder) throws IOException;
  }

  /** A sample without a label. */
  public byte[] unlabelled(long timestamp, String key, byte[] payload) {
    return sample(timestamp, out -> out.writeIndex(LabelKind.NONE.branch()), key, payload);
  }

  /** A sample of a class. */
  public byte[] classified(long timestamp, long label, String key, byte[] payload) {
    return sample(
        timestamp,
        out -> {
          out.writeIndex(LabelKind.CLASS.branch());
          out.writeLong(label);
        },
        key,
        payload);
  }

  /** A sample with a regression target. */
  public byte[] regression(long timestamp, double label, String key, byte[] payload) {
    return sample(
        timestamp,
        out -> {
          out.writeIndex(LabelKind.REAL.branch());
          out.writeDouble(label);
        },
        key,
        payload);
  }

  /** A progress marker. */
  public byte[] progress(long timestamp) {
    return encode(PROGRESS, out -> out.writeLong(timestamp));
  }

  private byte[] sample(long timestamp, Write label, String key, byte[] payload) {
    return encode(
        SAMPLE,
        out -> {
          out.writeLong(timestamp);
          label.to(out);
          out.writeString(key);
          out.writeBytes(payload);
        });
  }

  private byte[] encode(byte[] header, Write body) {
    buffer.reset();
    buffer.writeBytes(header);
    try {
      body.to(encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }
}
