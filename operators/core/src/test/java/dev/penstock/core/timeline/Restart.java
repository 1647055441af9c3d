package dev.penstock.core.timeline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/** State that goes through bytes, as from one run to the next. */
public final class Restart {

  private Restart() {}

  /** Whatever writes its state. */
  @FunctionalInterface
  public interface Writer {

    void write(DataOutput out) throws IOException;
  }

  /** What the states are read from, one after the other, as they were written. */
  public static DataInput of(Writer... states) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Writer state : states) {
      state.write(out);
    }
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
