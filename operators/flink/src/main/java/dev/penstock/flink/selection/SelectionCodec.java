package dev.penstock.flink.selection;

import dev.penstock.core.selection.PartitionSelection;
import dev.penstock.core.timeline.Varint;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a partition selects, a selection a group, as bytes. */
final class SelectionCodec {

  private final AvroCodec<TrainingSet> sets = AvroCodec.of(TrainingSet.class);

  byte[] encode(List<PartitionSelection> selections) throws IOException {
    return StateBytes.write(
        out -> {
          out.writeInt(selections.size());
          for (PartitionSelection selection : selections) {
            write(selection, out);
          }
        });
  }

  private void write(PartitionSelection selection, DataOutput out) throws IOException {
    SampleSet taken = selection.taken();
    // Without a digest: the joined set has one.
    byte[] set = sets.encode(new TrainingSet(taken.samples(), null, taken.size(), ""));
    out.writeInt(set.length);
    out.write(set);
    out.writeInt(selection.candidates().length);
    long before = 0;
    for (long offset : selection.candidates()) {
      Varint.write(out, offset - before);
      before = offset;
    }
    out.writeInt(selection.keys().length);
    for (long key : selection.keys()) {
      out.writeLong(key);
    }
  }

  List<PartitionSelection> decode(byte[] bytes) throws IOException {
    return StateBytes.read(
        bytes,
        in -> {
          List<PartitionSelection> selections = new ArrayList<>();
          for (int remaining = in.readInt(); remaining > 0; remaining--) {
            selections.add(read(in));
          }
          return selections;
        });
  }

  private PartitionSelection read(DataInput in) throws IOException {
    byte[] set = new byte[in.readInt()];
    in.readFully(set);
    SampleSet.Builder taken = SampleSet.builder();
    sets.decode(set).getPartitions().forEach(taken::add);
    long[] candidates = new long[in.readInt()];
    long offset = 0;
    for (int i = 0; i < candidates.length; i++) {
      offset += Varint.read(in);
      candidates[i] = offset;
    }
    long[] keys = new long[in.readInt()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = in.readLong();
    }
    return new PartitionSelection(taken.build(), candidates, keys);
  }
}
