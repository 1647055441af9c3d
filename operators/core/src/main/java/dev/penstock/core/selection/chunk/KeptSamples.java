package dev.penstock.core.selection.chunk;

import dev.penstock.core.timeline.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Samples of a partition that may still be chosen, by class, and how far it was looked at. */
public final class KeptSamples {

  private static final long SEEN = 0;

  /** Chunk of samples of any class; those of class 0 come next. */
  private static final long FIRST_GROUP = 1;

  private final Chunks chunks;

  /**
   * Samples with keys.
   *
   * @param offsets ascending
   * @param keys as many, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Kept(long[] offsets, long[] keys) {}

  public KeptSamples(Chunks chunks) {
    this.chunks = chunks;
  }

  /** Exclusive end of what was looked at; 0: nothing was. */
  public long seenEnd() {
    byte[] bytes = chunks.get(SEEN);
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  /** Sets the exclusive end of what was looked at. */
  public void seenEnd(long offset) {
    chunks.put(SEEN, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
  }

  /**
   * The samples of a class.
   *
   * @param label its index; -1: they are kept for all classes together
   */
  public Kept load(int label) {
    byte[] bytes = chunks.get(label + 1 + FIRST_GROUP);
    if (bytes == null) {
      return new Kept(new long[0], new long[0]);
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      long[] offsets = new long[in.readInt()];
      long[] keys = new long[in.readInt()];
      long offset = 0;
      for (int i = 0; i < offsets.length; i++) {
        offset += Varint.read(in);
        offsets[i] = offset;
      }
      for (int i = 0; i < keys.length; i++) {
        keys[i] = in.readLong();
      }
      return new Kept(offsets, keys);
    } catch (IOException e) {
      throw new UncheckedIOException("Kept samples could not be read", e);
    }
  }

  /** Replaces the samples of a class. */
  public void store(int label, Kept kept) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(kept.offsets.length);
      out.writeInt(kept.keys.length);
      long before = 0;
      for (long offset : kept.offsets) {
        Varint.write(out, offset - before);
        before = offset;
      }
      for (long key : kept.keys) {
        out.writeLong(key);
      }
      chunks.put(label + 1 + FIRST_GROUP, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("Kept samples could not be written", e);
    }
  }
}
