package dev.penstock.flink.block;

import dev.penstock.core.block.Observation;
import dev.penstock.core.block.ObservationCodec;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.VarintBuffer;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Blocks as differences of variable length: about two bytes a sample in place of sixteen. */
public final class SampleBlockSerializer extends ImmutableSerializer<SampleBlock> {

  /** The type information of blocks. */
  public static final TypeInformation<SampleBlock> TYPE =
      new ValueTypeInfo<>(SampleBlock.class, SampleBlockSerializer::new);

  @Serial private static final long serialVersionUID = 1L;

  @Override
  public SampleBlock createInstance() {
    return SampleBlock.of(0, 0, 0, new long[0], new long[0], Long.MIN_VALUE);
  }

  @Override
  public void serialize(SampleBlock block, DataOutputView target) throws IOException {
    VarintBuffer bytes = new VarintBuffer(64 + 3 * block.size());
    bytes.put(block.startOffset());
    bytes.put(block.endOffset() - block.startOffset());
    bytes.put(block.endTime());
    bytes.put(block.size());
    if (!block.isDense()) {
      long offset = block.startOffset();
      for (int i = 0; i < block.size(); i++) {
        bytes.put(block.offset(i) - offset);
        offset = block.offset(i) + 1;
      }
    }
    long time = 0;
    for (int i = 0; i < block.size(); i++) {
      bytes.put(block.time(i) - time);
      time = block.time(i);
    }
    target.writeInt(block.partition());
    target.writeInt(bytes.size());
    target.write(bytes.array(), 0, bytes.size());
    int[] labels = block.labels();
    target.writeBoolean(labels != null);
    if (labels != null) {
      VarintBuffer classes = new VarintBuffer(64 + 2 * labels.length);
      for (int label : labels) {
        classes.put(label);
      }
      target.writeInt(classes.size());
      target.write(classes.array(), 0, classes.size());
    }
    Observation[] observations = block.observations();
    target.writeBoolean(observations != null);
    if (observations != null) {
      ObservationCodec.write(observations, 0, observations.length, target);
    }
  }

  @Override
  public SampleBlock deserialize(DataInputView source) throws IOException {
    SampleBlock block = placesAndTimes(source);
    if (source.readBoolean()) {
      VarintBuffer classes = VarintBuffer.read(source, source.readInt());
      int[] labels = new int[block.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (int) classes.next();
      }
      block = block.withLabels(labels);
    }
    return source.readBoolean() ? block.with(ObservationCodec.read(source)) : block;
  }

  private static SampleBlock placesAndTimes(DataInputView source) throws IOException {
    int partition = source.readInt();
    VarintBuffer bytes = VarintBuffer.read(source, source.readInt());
    long startOffset = bytes.next();
    long endOffset = startOffset + bytes.next();
    long endTime = bytes.next();
    int size = (int) bytes.next();
    if (endOffset - startOffset == size) {
      return SampleBlock.dense(partition, startOffset, times(bytes, size), endTime);
    }
    long[] offsets = new long[size];
    long offset = startOffset;
    for (int i = 0; i < size; i++) {
      offsets[i] = offset + bytes.next();
      offset = offsets[i] + 1;
    }
    return SampleBlock.of(partition, startOffset, endOffset, offsets, times(bytes, size), endTime);
  }

  private static long[] times(VarintBuffer bytes, int size) {
    long[] times = new long[size];
    long time = 0;
    for (int i = 0; i < size; i++) {
      time += bytes.next();
      times[i] = time;
    }
    return times;
  }

  @Override
  public TypeSerializerSnapshot<SampleBlock> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The format above is the only one yet. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SampleBlock> {
    public Snapshot() {
      super(SampleBlockSerializer::new);
    }
  }
}
