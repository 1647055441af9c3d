package dev.penstock.flink.selection;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.selection.PartitionSelector.Holes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Offsets of a partition that are no samples, as bitmaps of 65,536 offsets in keyed state: a
 * checkpoint writes those that changed. Samples need no state, since all offsets that are no holes
 * are samples.
 */
final class HoleChunks implements Holes {

  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_SIZE = 1 << CHUNK_BITS;

  private final MapState<Long, byte[]> chunks;
  private long cachedChunk = -1;
  private @Nullable RoaringBitmap cached;

  HoleChunks(MapState<Long, byte[]> chunks) {
    this.chunks = chunks;
  }

  /** Adds what is no sample from {@code seenEnd} to the end of the block. */
  void add(SampleBlock block, long seenEnd) throws Exception {
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

  private void addRange(long from, long to) throws Exception {
    for (long start = from; start < to; ) {
      long chunk = start >> CHUNK_BITS;
      long end = Math.min(to, (chunk + 1) << CHUNK_BITS);
      if (chunk != cachedChunk) {
        store();
      }
      RoaringBitmap bitmap = load(chunk);
      if (bitmap == null) {
        bitmap = new RoaringBitmap();
        cached = bitmap;
      }
      bitmap.add(start - (chunk << CHUNK_BITS), end - (chunk << CHUNK_BITS));
      start = end;
    }
  }

  private void store() throws Exception {
    if (cached != null && cachedChunk >= 0) {
      cached.runOptimize();
      ByteBuffer bytes = ByteBuffer.allocate(cached.serializedSizeInBytes());
      cached.serialize(bytes);
      chunks.put(cachedChunk, bytes.array());
    }
  }

  private @Nullable RoaringBitmap load(long chunk) throws Exception {
    if (chunk != cachedChunk) {
      cachedChunk = chunk;
      cached = null;
      byte[] bytes = chunks.get(chunk);
      if (bytes != null) {
        RoaringBitmap bitmap = new RoaringBitmap();
        bitmap.deserialize(ByteBuffer.wrap(bytes));
        cached = bitmap;
      }
    }
    return cached;
  }

  @Override
  public long next(long from, long to) {
    try {
      for (long start = from; start < to; ) {
        long chunk = start >> CHUNK_BITS;
        long base = chunk << CHUNK_BITS;
        RoaringBitmap bitmap = load(chunk);
        long hole = bitmap == null ? -1 : bitmap.nextValue((int) (start - base));
        if (hole >= 0) {
          return Math.min(to, base + hole);
        }
        start = base + CHUNK_SIZE;
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("State could not be read", e);
    }
  }

  /** Forgets holes before {@code offset}, of which nobody will select again. */
  void forgetBefore(long offset) throws Exception {
    List<Long> old = new ArrayList<>();
    for (Long chunk : chunks.keys()) {
      if (chunk + 1 <= offset >> CHUNK_BITS) {
        old.add(chunk);
      }
    }
    for (Long chunk : old) {
      chunks.remove(chunk);
    }
  }
}
