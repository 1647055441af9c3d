package dev.penstock.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/** State as bytes that begin with the version of their format. */
public final class StateBytes {

  private static final int VERSION = 5;

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    writer.write(out);
    return bytes.toByteArray();
  }

  /**
   * A state from its bytes.
   *
   * @throws IOException if they are of another version
   */
  public static <T> T read(byte[] bytes, Reader<T> reader) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("version of the state must be " + VERSION + ", got " + version);
    }
    return reader.read(in);
  }
}
