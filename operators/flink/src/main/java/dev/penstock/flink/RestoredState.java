package dev.penstock.flink;

import dev.penstock.core.timeline.Timeline;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/** State of operators that merge partitions: bytes, with what is of a pipeline under its name. */
public final class RestoredState {

  private RestoredState() {}

  /** Describes states that are {@link StateBytes}. */
  public static ListStateDescriptor<byte[]> bytes(String name) {
    return new ListStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  /**
   * The timeline of a state; one at the start of the log if there is none.
   *
   * @param keep as {@link Timeline} takes it
   * @param present names of the pipelines now
   * @param restored names of the pipelines whose feedback the state has, in its order
   * @throws IllegalStateException if the state is of another number of partitions
   */
  public static Timeline timeline(
      ListState<byte[]> state,
      int partitions,
      long keep,
      List<String> present,
      List<String> restored)
      throws Exception {
    int[] indexes = present.stream().mapToInt(restored::indexOf).toArray();
    Timeline timeline = new Timeline(partitions, keep);
    for (byte[] bytes : state.get()) {
      timeline = read(bytes, keep, indexes);
    }
    if (timeline.partitions() != partitions) {
      throw new IllegalStateException(
          "Sample log must have the "
              + timeline.partitions()
              + " partitions of the restored state, got "
              + partitions);
    }
    return timeline;
  }

  private static Timeline read(byte[] bytes, long keep, int[] indexes) throws IOException {
    return StateBytes.read(bytes, in -> Timeline.read(in, keep, seen -> seen.of(indexes)));
  }
}
