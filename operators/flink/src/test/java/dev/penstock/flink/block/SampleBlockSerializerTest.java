package dev.penstock.flink.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleBlockSerializerTest {

  private final SampleBlockSerializer serializer = new SampleBlockSerializer();

  @ParameterizedTest
  @MethodSource("blocks")
  void readsWhatItWrote(SampleBlock block) throws IOException {
    assertThat(serializer.deserialize(new DataInputDeserializer(bytes(block)))).isEqualTo(block);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void copiesBytesOfOneBlockOnly(SampleBlock block) throws IOException {
    byte[] bytes = bytes(block);
    DataOutputSerializer target = new DataOutputSerializer(1);

    serializer.copy(new DataInputDeserializer(twice(bytes)), target);

    assertThat(target.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @Test
  void writesADenseBlockInAboutAByteASample() throws IOException {
    int size = 4096;
    long[] offsets = new long[size];
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      offsets[i] = 1_000_000L + i;
      times[i] = 1_700_000_000_000L + 3L * i;
    }
    SampleBlock block =
        SampleBlock.of(7, offsets[0], offsets[size - 1] + 1, offsets, times, times[size - 1]);

    assertThat(bytes(block)).hasSizeLessThan(size + 64);
  }

  @Test
  void restoresItselfFromItsSnapshot() {
    assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
  }

  static List<SampleBlock> blocks() {
    return List.of(
        SampleBlock.of(0, 0, 0, new long[0], new long[0], Long.MIN_VALUE),
        SampleBlock.of(3, 10, 20, new long[0], new long[0], 1_700_000_000_000L),
        SampleBlock.dense(2, 7, new long[] {4, 9}, 9)
            .with(
                new Observation[] {
                  Observation.NONE.of(new int[] {-1, -1}),
                  new Observation(
                      1,
                      new byte[] {3, 1, 4},
                      List.of(
                          Feedback.unscored(2, null),
                          new Feedback(3, new ModelInUse("m-3", 3, 100, 1.5), 1, 0.25f, 2)))
                }),
        SampleBlock.of(1, 5, 8, new long[] {5, 6, 7}, new long[] {-4, -4, 9}, 12),
        SampleBlock.of(
            1 << 20,
            Long.MAX_VALUE - 9,
            Long.MAX_VALUE,
            new long[] {Long.MAX_VALUE - 5},
            new long[] {Long.MAX_VALUE},
            Long.MAX_VALUE),
        sparse());
  }

  private static SampleBlock sparse() {
    SplittableRandom random = new SplittableRandom(11);
    long[] offsets = new long[4096];
    long[] times = new long[offsets.length];
    long offset = 1L << 40;
    long time = 1_700_000_000_000L;
    for (int i = 0; i < offsets.length; i++) {
      offset += 1 + random.nextInt(300);
      time += random.nextLong(1L << 34);
      offsets[i] = offset;
      times[i] = time;
    }
    return SampleBlock.of(2, 1L << 40, offset + 100, offsets, times, time + 1);
  }

  private byte[] bytes(SampleBlock block) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(1);
    serializer.serialize(block, target);
    return target.getCopyOfBuffer();
  }

  private static byte[] twice(byte[] bytes) {
    byte[] twice = new byte[2 * bytes.length];
    System.arraycopy(bytes, 0, twice, 0, bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    return twice;
  }
}
