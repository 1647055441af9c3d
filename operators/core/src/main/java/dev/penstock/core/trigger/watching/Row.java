package dev.penstock.core.trigger.watching;

import dev.penstock.core.window.ElementCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is compared of one sample. */
final class Row {

  private static final byte[] NO_PAYLOAD = {};

  static final ElementCodec<Row> CODEC = new Codec();

  private final byte[] payload;
  private double[] values;

  /** Id of the model version that made the values; empty: they are the sample's own. */
  private String model = "";

  private Row(byte[] payload, double[] values) {
    this.payload = payload;
    this.values = values;
  }

  /** A row whose values are the sample's own. */
  static Row of(double... values) {
    return new Row(NO_PAYLOAD, values);
  }

  /** A row whose values a model makes. */
  static Row toEmbed(byte[] payload) {
    return new Row(payload, new double[0]);
  }

  byte[] payload() {
    return payload;
  }

  double[] values() {
    return values;
  }

  boolean isOf(@Nullable String version) {
    return version == null || model.equals(version);
  }

  void embedded(String version, float[] embedding) {
    model = version;
    values = new double[embedding.length];
    for (int i = 0; i < embedding.length; i++) {
      values[i] = embedding[i];
    }
  }

  private static final class Codec implements ElementCodec<Row> {

    @Override
    public void write(Row row, DataOutput out) throws IOException {
      out.writeInt(row.payload.length);
      out.write(row.payload);
      out.writeUTF(row.model);
      out.writeInt(row.values.length);
      for (double value : row.values) {
        out.writeDouble(value);
      }
    }

    @Override
    public Row read(DataInput in) throws IOException {
      byte[] payload = new byte[in.readInt()];
      in.readFully(payload);
      String model = in.readUTF();
      double[] values = new double[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
      Row row = new Row(payload, values);
      row.model = model;
      return row;
    }
  }
}
