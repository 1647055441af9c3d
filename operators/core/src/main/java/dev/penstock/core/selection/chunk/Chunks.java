package dev.penstock.core.selection.chunk;

import org.jspecify.annotations.Nullable;

/** Bytes by number, in state that outlives the process. */
public interface Chunks {

  /** Bits of an offset within its chunk. */
  int BITS = 16;

  /** Offsets of a chunk. */
  int SIZE = 1 << BITS;

  /** The bytes of a chunk; null: there are none. */
  byte @Nullable [] get(long chunk);

  /** Sets the bytes of a chunk. */
  void put(long chunk, byte[] bytes);

  /** Removes a chunk, if it is there. */
  void remove(long chunk);

  /** Removes the chunks of the offsets {@code [from, to)} but for the last, unless it is whole. */
  default void removeBetween(long from, long to) {
    for (long chunk = from >> BITS; chunk < to >> BITS; chunk++) {
      remove(chunk);
    }
  }
}
