package dev.penstock.core.selection.chunk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chunks in memory. */
public record ChunksInMap(Map<Long, byte[]> bytes) implements Chunks {

  @Override
  public byte @Nullable [] get(long chunk) {
    return bytes.get(chunk);
  }

  @Override
  public void put(long chunk, byte[] value) {
    bytes.put(chunk, value.clone());
  }

  @Override
  public void remove(long chunk) {
    bytes.remove(chunk);
  }
}
