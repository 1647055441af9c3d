package dev.penstock.core.selection.chunk;

import dev.penstock.core.block.SampleBlock;
import java.util.Arrays;

/**
 * The class of each sample of a partition, in 1, 2, 4, 8, 16 or 32 bits: as many as the number of
 * classes needs, one value being that of offsets without a class. No bitmap for each class takes
 * less unless classes come in runs: of ten classes that are as frequent, bitmaps take 1.25 bytes a
 * sample, this takes half a byte.
 *
 * <p>A chunk's first byte is the number of bits; the values follow from the lowest bits of each
 * byte on, as far as there are any.
 */
public final class LabelChunks {

  private static final byte[] NONE = {Byte.SIZE};

  private final Chunks chunks;
  private final int bits;
  private long cachedChunk = -1;
  private byte[] cached = NONE;

  /**
   * The classes of a partition.
   *
   * @param classes number of classes
   */
  public LabelChunks(Chunks chunks, int classes) {
    this.chunks = chunks;
    this.bits = bits(classes);
  }

  /** The least power of two of bits in which there are so many classes, and none. */
  static int bits(int classes) {
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(classes, 1));
    return needed == 1 ? 1 : Integer.highestOneBit(needed - 1) << 1;
  }

  /** Adds the classes of a block's samples. */
  public void add(SampleBlock block) {
    int[] labels = block.labels();
    if (labels == null) {
      return;
    }
    for (int i = 0; i < labels.length; ) {
      long chunk = block.offset(i) >> Chunks.BITS;
      int end = i;
      while (end < labels.length && block.offset(end) >> Chunks.BITS == chunk) {
        end++;
      }
      load(chunk);
      makeRoom((int) (block.offset(end - 1) & (Chunks.SIZE - 1)) + 1);
      for (; i < end; i++) {
        set((int) (block.offset(i) & (Chunks.SIZE - 1)), labels[i] + 1);
      }
      chunks.put(chunk, cached.clone());
    }
  }

  /** The class of the sample at an offset; {@link SampleBlock#UNLABELLED}: it has none. */
  public int label(long offset) {
    long chunk = offset >> Chunks.BITS;
    if (chunk != cachedChunk) {
      load(chunk);
    }
    int own = cached[0];
    long bit = (offset & (Chunks.SIZE - 1)) * own;
    int at = 1 + (int) (bit >> 3);
    if (at >= cached.length) {
      return SampleBlock.UNLABELLED;
    }
    if (own <= Byte.SIZE) {
      return (((cached[at] & 0xFF) >>> (bit & 7)) & ((1 << own) - 1)) - 1;
    }
    int value = 0;
    for (int i = 0; i < own / Byte.SIZE; i++) {
      value |= (cached[at + i] & 0xFF) << (Byte.SIZE * i);
    }
    return value - 1;
  }

  private void load(long chunk) {
    if (chunk != cachedChunk) {
      byte[] bytes = chunks.get(chunk);
      cached = bytes == null ? new byte[] {(byte) bits} : bytes;
      cachedChunk = chunk;
      if (cached[0] < bits) {
        widen();
      }
    }
  }

  /** The dataset has more classes than when the chunk was written. */
  private void widen() {
    int samples = (cached.length - 1) * Byte.SIZE / cached[0];
    int[] values = new int[samples];
    Arrays.setAll(values, i -> label((cachedChunk << Chunks.BITS) + i) + 1);
    cached = new byte[] {(byte) bits};
    makeRoom(samples);
    for (int i = 0; i < samples; i++) {
      set(i, values[i]);
    }
  }

  private void makeRoom(int samples) {
    int length = 1 + (samples * cached[0] + Byte.SIZE - 1) / Byte.SIZE;
    if (length > cached.length) {
      cached = Arrays.copyOf(cached, length);
    }
  }

  /** Sets a value that is 0 so far. */
  private void set(int index, int value) {
    long bit = (long) index * cached[0];
    int at = 1 + (int) (bit >> 3);
    if (cached[0] <= Byte.SIZE) {
      cached[at] |= (byte) (value << (bit & 7));
      return;
    }
    for (int i = 0; i < cached[0] / Byte.SIZE; i++) {
      cached[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
  }
}
