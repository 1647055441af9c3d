package dev.penstock.flink.source;

import dev.penstock.flink.block.ValueTypeInfo;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * For the case that the block builder is not chained to the source. Chained, with object reuse, it
 * is never called.
 */
public final class RawRecordSerializer extends TypeSerializerSingleton<RawRecord> {

  /** The type information of raw records. */
  public static final TypeInformation<RawRecord> TYPE =
      new ValueTypeInfo<>(RawRecord.class, RawRecordSerializer::new);

  @Serial private static final long serialVersionUID = 1L;
  private static final int NULL = -1;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public RawRecord createInstance() {
    return new RawRecord();
  }

  @Override
  public RawRecord copy(RawRecord from) {
    return copy(from, new RawRecord());
  }

  @Override
  public RawRecord copy(RawRecord from, RawRecord reuse) {
    return reuse.set(from.partition(), from.offset(), from.timestamp(), from.key(), from.value());
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(RawRecord record, DataOutputView target) throws IOException {
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.timestamp());
    write(record.key(), target);
    write(record.value(), target);
  }

  @Override
  public RawRecord deserialize(DataInputView source) throws IOException {
    return deserialize(new RawRecord(), source);
  }

  @Override
  public RawRecord deserialize(RawRecord reuse, DataInputView source) throws IOException {
    return reuse.set(
        source.readInt(), source.readLong(), source.readLong(), read(source), read(source));
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  /** A copy that the source will not fill again. */
  public static RawRecord copyOf(RawRecord record) {
    return new RawRecord()
        .set(record.partition(), record.offset(), record.timestamp(), record.key(), record.value());
  }

  private static void write(byte @Nullable [] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes == null ? NULL : bytes.length);
    if (bytes != null) {
      target.write(bytes);
    }
  }

  private static byte @Nullable [] read(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The format above is the only one yet. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    public Snapshot() {
      super(RawRecordSerializer::new);
    }
  }
}
