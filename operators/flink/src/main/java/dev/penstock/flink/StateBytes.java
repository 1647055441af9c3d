package dev.penstock.flink;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** State as bytes that begin with the version of their format. */
public final class StateBytes {

  private static final int VERSION = 5;
  private static final int INITIAL_BYTES = 256;

  private StateBytes() {}

  /** Writes a state. */
  public interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads a state. */
  public interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  /** Bytes of a state. */
  public static byte[] write(Writer writer) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(INITIAL_BYTES);
    out.writeByte(VERSION);
    writer.write(out);
    return out.getCopyOfBuffer();
  }

  /**
   * A state from its bytes.
   *
   * @throws IOException if they are of another version
   */
  public static <T> T read(byte[] bytes, Reader<T> reader) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("version of the state must be " + VERSION + ", got " + version);
    }
    return reader.read(in);
  }
}
