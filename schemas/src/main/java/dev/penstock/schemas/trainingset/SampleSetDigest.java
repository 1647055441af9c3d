package dev.penstock.schemas.trainingset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.roaringbitmap.BatchIterator;

/** Digest of a sample set's canonical form, as the package's description gives it. */
final class SampleSetDigest {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int RUN_BYTES = 2 * Long.BYTES;
  private static final int MAX_KEPT = 1 << 14;
  private static final int BATCH = 256;

  private final MessageDigest sha256;
  private final int[] batch = new int[BATCH];
  private final byte[] buffer;
  private int filled;
  private long runs;

  private SampleSetDigest(long samples) {
    buffer = new byte[(int) Math.min(samples, MAX_KEPT) * RUN_BYTES];
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  static String of(SampleSet set) {
    SampleSetDigest digest = new SampleSetDigest(set.size());
    for (int partition : set.partitions()) {
      digest.add(set.segments(partition), partition);
    }
    set.weights()
        .ifPresentOrElse(
            weights -> {
              digest.sha256.update((byte) 1);
              digest.sha256.update(SampleSet.bytes(weights));
            },
            () -> digest.sha256.update((byte) 0));
    return HexFormat.of().formatHex(digest.sha256.digest());
  }

  /** Runs are read once if they fit into the buffer, since their number stands before them. */
  private void add(List<Segment> segments, int partition) {
    runs = 0;
    forEachRun(segments, this::count);
    sha256.update(
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(partition).putLong(runs).flip());
    if (runs * RUN_BYTES > buffer.length) {
      filled = 0;
      forEachRun(segments, this::write);
    }
    flush();
  }

  /** Is shown runs of consecutive offsets, ascending. */
  private interface Visitor {
    void run(long start, long length);
  }

  private void forEachRun(List<Segment> segments, Visitor visitor) {
    long start = -1;
    long end = -1;
    for (Segment segment : segments) {
      BatchIterator values = segment.bitmap().getBatchIterator();
      while (values.hasNext()) {
        int size = values.nextBatch(batch);
        for (int i = 0; i < size; i++) {
          long offset = segment.base() + Integer.toUnsignedLong(batch[i]);
          if (offset != end) {
            if (start >= 0) {
              visitor.run(start, end - start);
            }
            start = offset;
          }
          end = offset + 1;
        }
      }
    }
    if (start >= 0) {
      visitor.run(start, end - start);
    }
  }

  /** Counts a run, and keeps it while there is room. */
  private void count(long start, long length) {
    runs++;
    if (filled < buffer.length) {
      put(start, length);
    }
  }

  /** Keeps a run; what was kept is digested when there is no more room. */
  private void write(long start, long length) {
    if (filled == buffer.length) {
      flush();
    }
    put(start, length);
  }

  private void flush() {
    sha256.update(buffer, 0, filled);
    filled = 0;
  }

  private void put(long start, long length) {
    LONGS.set(buffer, filled, start);
    LONGS.set(buffer, filled + Long.BYTES, length);
    filled += RUN_BYTES;
  }
}
