package dev.penstock.core.selection.chunk;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Varint;
import dev.penstock.core.timeline.VarintBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The slice time of each sample of a partition: the running maximum of its event times. Differences
 * of variable length, one or two bytes a sample.
 *
 * <p>A chunk is the time of its last offset (8 bytes), its first offset within the chunk and the
 * number of offsets (4 bytes each), and a difference for each of them, 0 for those of no sample.
 */
public final class TimeChunks {

  private static final int HEADER_BYTES = 16;

  private final Chunks chunks;

  public TimeChunks(Chunks chunks) {
    this.chunks = chunks;
  }

  /** Is told of chunks. */
  @FunctionalInterface
  public interface ChunkVisitor {

    /**
     * The next chunk.
     *
     * @param latest no time of the chunk is later
     * @return who is told its samples
     */
    Visitor chunk(long latest);
  }

  /** Is told samples in the order of offsets. */
  @FunctionalInterface
  public interface Visitor {

    /** The next offset, which need not be that of a sample, and the slice time at it. */
    void sample(long offset, long time);
  }

  /**
   * Adds the times of a block's samples.
   *
   * @param timeBefore running maximum before the block; Long.MIN_VALUE: it is the first
   * @return running maximum after it
   */
  public long add(SampleBlock block, long timeBefore) {
    try {
      long time = timeBefore;
      for (int i = 0; i < block.size(); ) {
        long chunk = block.offset(i) >> Chunks.BITS;
        int end = i;
        while (end < block.size() && block.offset(end) >> Chunks.BITS == chunk) {
          end++;
        }
        time = append(chunk, block, i, end, time);
        i = end;
      }
      return Math.max(time, block.endTime());
    } catch (IOException e) {
      throw new UncheckedIOException("Chunk of times could not be written", e);
    }
  }

  private long append(long chunk, SampleBlock block, int from, int to, long timeBefore)
      throws IOException {
    byte[] old = chunks.get(chunk);
    long first = block.offset(from) & (Chunks.SIZE - 1);
    long count = 0;
    long last = 0;
    ByteArrayOutputStream deltas = new ByteArrayOutputStream(3 * (to - from));
    DataOutputStream out = new DataOutputStream(deltas);
    if (old != null) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(old));
      last = in.readLong();
      first = in.readInt();
      count = in.readInt();
    }
    long next = (chunk << Chunks.BITS) + first + count;
    long time = timeBefore;
    for (int i = from; i < to; i++) {
      for (; next < block.offset(i); next++, count++) {
        Varint.write(out, 0);
      }
      time = Math.max(time, block.time(i));
      Varint.write(out, time - last);
      last = time;
      next++;
      count++;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream written = new DataOutputStream(bytes);
    written.writeLong(last);
    written.writeInt((int) first);
    written.writeInt((int) count);
    if (old != null) {
      written.write(old, HEADER_BYTES, old.length - HEADER_BYTES);
    }
    deltas.writeTo(written);
    chunks.put(chunk, bytes.toByteArray());
    return time;
  }

  /** Tells the offsets of {@code [from, to)} whose times are known, the newest chunk first. */
  public void forEachBackwards(long from, long to, ChunkVisitor visitor) {
    for (long chunk = (to - 1) >> Chunks.BITS; chunk >= from >> Chunks.BITS; chunk--) {
      byte[] bytes = from < to ? chunks.get(chunk) : null;
      if (bytes != null) {
        long latest = ByteBuffer.wrap(bytes).getLong();
        tell(chunk << Chunks.BITS, bytes, from, to, visitor.chunk(latest));
      }
    }
  }

  private static void tell(long base, byte[] bytes, long from, long to, Visitor visitor) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.getLong();
    long offset = base + header.getInt();
    long end = Math.min(to, offset + header.getInt());
    long time = 0;
    VarintBuffer deltas = VarintBuffer.of(bytes, HEADER_BYTES);
    for (; offset < end; offset++) {
      time += deltas.next();
      if (offset >= from) {
        visitor.sample(offset, time);
      }
    }
  }
}
