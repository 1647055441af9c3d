package dev.penstock.flink.selection;

import dev.penstock.core.selection.chunk.Chunks;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.java.tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of one name in keyed state. All names share one state, since each state costs RocksDB a
 * memtable.
 */
record StateChunks(MapState<Tuple2<String, Long>, byte[]> state, String name) implements Chunks {

  @Override
  public byte @Nullable [] get(long chunk) {
    return State.<byte @Nullable []>read(() -> state.get(Tuple2.of(name, chunk)));
  }

  @Override
  public void put(long chunk, byte[] bytes) {
    State.write(() -> state.put(Tuple2.of(name, chunk), bytes));
  }

  @Override
  public void remove(long chunk) {
    State.write(() -> state.remove(Tuple2.of(name, chunk)));
  }
}
