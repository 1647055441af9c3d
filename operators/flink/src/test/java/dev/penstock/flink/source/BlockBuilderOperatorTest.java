package dev.penstock.flink.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.block.BlockColumns;
import dev.penstock.schemas.QuarantineReason;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BlockBuilderOperatorTest {

  private static final long KAFKA_TIME = 1_000_000;
  private static final String DATASET =
      """
      kind: dataset
      name: numbers
      payload: {type: tensor, dtype: float32, shape: [2]}
      label: {type: classes, names: [a, b]}
      """;

  private final SampleEncoder encoder = new SampleEncoder();
  private final RawRecord reused = new RawRecord();
  private OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness;

  @BeforeEach
  void open() throws Exception {
    Dataset dataset = Dataset.of(SpecReader.parseDataset("test", DATASET).complete());
    harness =
        new OneInputStreamOperatorTestHarness<>(
            BlockBuilderOperator.factory(dataset, BlockColumns.Columns.PLACES_AND_TIMES),
            new RawRecordSerializer());
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void packsTheSamplesOfEachPartition() throws Exception {
    read(0, 7, sample(100));
    read(2, 0, sample(50));
    read(0, 8, sample(200));
    harness.endInput();

    assertThat(harness.extractOutputValues())
        .containsExactly(
            SampleBlock.of(0, 7, 9, new long[] {7, 8}, new long[] {100, 200}, 200),
            SampleBlock.of(2, 0, 1, new long[] {0}, new long[] {50}, 50));
  }

  @Test
  void neverLetsEventTimeGoBack() throws Exception {
    read(0, 0, sample(100));
    read(0, 1, sample(20));
    read(0, 2, encoder.progress(300));
    read(0, 3, sample(250));
    harness.endInput();

    assertThat(harness.extractOutputValues())
        .containsExactly(
            SampleBlock.of(0, 0, 4, new long[] {0, 1, 3}, new long[] {100, 100, 300}, 300));
  }

  @Test
  void sendsOnAFullBlockAtOnce() throws Exception {
    for (int i = 0; i <= 4096; i++) {
      read(0, i, sample(i));
    }

    assertThat(harness.extractOutputValues())
        .extracting(SampleBlock::startOffset, SampleBlock::endOffset)
        .containsExactly(tuple(0L, 4096L));
  }

  @Test
  void keepsNothingOverACheckpoint() throws Exception {
    read(0, 0, sample(1));

    harness.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = harness.snapshot(1, 1);

    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(state.hasState()).isFalse();
  }

  @Test
  void doesNotHoldUpASlowStream() throws Exception {
    harness.setProcessingTime(1000);
    read(0, 0, sample(1));

    harness.setProcessingTime(1019);
    assertThat(harness.extractOutputValues()).isEmpty();

    harness.setProcessingTime(1020);
    assertThat(harness.extractOutputValues()).hasSize(1);

    read(0, 1, sample(2));
    harness.setProcessingTime(1200);
    assertThat(harness.extractOutputValues()).hasSize(2);
  }

  @Test
  void quarantinesWhatIsNoSampleAndLeavesAHole() throws Exception {
    byte[] short1 = encoder.classified(1, 0, "k", new byte[7]);
    byte[] noAvro = "no avro at all".getBytes(UTF_8);
    read(4, 0, sample(1));
    read(4, 1, null);
    read(4, 2, noAvro);
    read(4, 3, short1);
    read(4, 4, encoder.classified(1, 2, "k", new byte[8]));
    read(4, 5, sample(2));
    harness.endInput();

    assertThat(harness.extractOutputValues())
        .containsExactly(SampleBlock.of(4, 0, 6, new long[] {0, 5}, new long[] {1, 2}, 2));
    List<Quarantined> quarantined =
        harness.getSideOutput(BlockBuilderOperator.QUARANTINED).stream()
            .map(StreamRecord::getValue)
            .toList();
    assertThat(quarantined).extracting(Quarantined::getOffset).containsExactly(1L, 2L, 3L, 4L);
    assertThat(quarantined)
        .extracting(Quarantined::getReason)
        .startsWith(QuarantineReason.UNDECODABLE, QuarantineReason.UNDECODABLE)
        .doesNotContain((QuarantineReason) null);
    assertThat(quarantined).allSatisfy(BlockBuilderOperatorTest::hasItsOrigin);
    assertThat(quarantined.get(0).getValue()).isNull();
    assertThat(quarantined.get(1).getValue()).isEqualTo(ByteBuffer.wrap(noAvro));
    assertThat(quarantined.get(2).getValue()).isEqualTo(ByteBuffer.wrap(short1));
  }

  private static void hasItsOrigin(Quarantined record) {
    assertThat(record.getTopic()).isEqualTo("numbers-samples");
    assertThat(record.getPartition()).isEqualTo(4);
    assertThat(record.getDetail()).isNotEmpty();
    assertThat(record.getKey()).isEqualTo(ByteBuffer.wrap("key".getBytes(UTF_8)));
  }

  private byte[] sample(long timestamp) {
    return encoder.classified(timestamp, 1, "k", new byte[8]);
  }

  /** As the source does it: one record object, filled again and again. */
  private void read(int partition, long offset, byte @Nullable [] value) throws Exception {
    harness.processElement(
        new StreamRecord<>(
            reused.set(partition, offset, KAFKA_TIME, "key".getBytes(UTF_8), value)));
  }
}
