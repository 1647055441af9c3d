package dev.penstock.core.selection.chunk;

import dev.penstock.core.block.SampleBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A set of offsets of a partition, as Roaring bitmaps. */
public final class OffsetChunks {

  private final Chunks chunks;
  private long cachedChunk = -1;
  private @Nullable RoaringBitmap cached;
  private boolean dirty;

  public OffsetChunks(Chunks chunks) {
    this.chunks = chunks;
  }

  /** Adds the offsets {@code [from, to)}. */
  public void addRange(long from, long to) {
    for (long start = from; start < to; ) {
      long chunk = start >> Chunks.BITS;
      long base = chunk << Chunks.BITS;
      long end = Math.min(to, base + Chunks.SIZE);
      loadOrMake(chunk).add(start - base, end - base);
      dirty = true;
      start = end;
    }
  }

  /** Adds what is no sample from {@code seenEnd} to the end of the block, and writes it. */
  public void addHoles(SampleBlock block, long seenEnd) {
    if (block.isDense() && block.startOffset() == seenEnd) {
      return;
    }
    long next = seenEnd;
    for (int i = 0; i < block.size(); i++) {
      addRange(next, block.offset(i));
      next = block.offset(i) + 1;
    }
    addRange(next, block.endOffset());
    store();
  }

  /** Adds an offset. */
  public void add(long offset) {
    loadOrMake(offset >> Chunks.BITS).add((int) (offset & (Chunks.SIZE - 1)));
    dirty = true;
  }

  /** Whether the offset is in the set. */
  public boolean contains(long offset) {
    RoaringBitmap bitmap = load(offset >> Chunks.BITS);
    return bitmap != null && bitmap.contains((int) (offset & (Chunks.SIZE - 1)));
  }

  /**
   * The first offset of the set at {@code from} or later and before {@code to}, else {@code to}.
   */
  public long next(long from, long to) {
    for (long start = from; start < to; ) {
      long chunk = start >> Chunks.BITS;
      long base = chunk << Chunks.BITS;
      RoaringBitmap bitmap = load(chunk);
      long found = bitmap == null ? -1 : bitmap.nextValue((int) (start - base));
      if (found >= 0) {
        return Math.min(to, base + found);
      }
      start = base + Chunks.SIZE;
    }
    return to;
  }

  /** Removes the offsets {@code [from, to)}, and others of the first chunk and the last. */
  public void clear(long from, long to) {
    cachedChunk = -1;
    cached = null;
    dirty = false;
    chunks.removeBetween(from, to + Chunks.SIZE);
  }

  /** Writes what was added. */
  public void store() {
    if (dirty && cached != null) {
      cached.runOptimize();
      ByteBuffer bytes = ByteBuffer.allocate(cached.serializedSizeInBytes());
      cached.serialize(bytes);
      chunks.put(cachedChunk, bytes.array());
      dirty = false;
    }
  }

  private RoaringBitmap loadOrMake(long chunk) {
    RoaringBitmap bitmap = load(chunk);
    if (bitmap == null) {
      bitmap = new RoaringBitmap();
      cached = bitmap;
    }
    return bitmap;
  }

  private @Nullable RoaringBitmap load(long chunk) {
    if (chunk != cachedChunk) {
      store();
      cachedChunk = chunk;
      byte[] bytes = chunks.get(chunk);
      cached = bytes == null ? null : bitmap(bytes);
    }
    return cached;
  }

  private static RoaringBitmap bitmap(byte[] bytes) {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("Chunk of offsets could not be read", e);
    }
    return bitmap;
  }
}
