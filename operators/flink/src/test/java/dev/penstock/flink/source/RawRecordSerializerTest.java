package dev.penstock.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class RawRecordSerializerTest {

  private final RawRecordSerializer serializer = new RawRecordSerializer();

  @Test
  void readsWhatItWrote() throws IOException {
    RawRecord record = new RawRecord().set(3, 1L << 40, -1, new byte[] {1, 2}, new byte[] {3});

    assertThat(rewritten(record)).isEqualTo(record);
  }

  @Test
  void tellsNullFromEmpty() throws IOException {
    RawRecord tombstone = new RawRecord().set(0, 0, 0, null, null);
    RawRecord empty = new RawRecord().set(0, 0, 0, new byte[0], new byte[0]);

    assertThat(rewritten(tombstone)).isEqualTo(tombstone).isNotEqualTo(empty);
    assertThat(rewritten(empty)).isEqualTo(empty);
  }

  @Test
  void copiesAreNotFilledAgain() {
    RawRecord record = new RawRecord().set(1, 2, 3, null, new byte[] {4});
    RawRecord copy = serializer.copy(record);

    record.set(9, 9, 9, null, null);

    assertThat(copy).isEqualTo(new RawRecord().set(1, 2, 3, null, new byte[] {4}));
  }

  @Test
  void restoresItselfFromItsSnapshot() {
    assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
  }

  private RawRecord rewritten(RawRecord record) throws IOException {
    DataOutputSerializer target = new DataOutputSerializer(1);
    serializer.serialize(record, target);
    return serializer.deserialize(new DataInputDeserializer(target.getCopyOfBuffer()));
  }
}
