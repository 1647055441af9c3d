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
  private static final int BUFFER_BYTES = RUN_BYTES << 14;
  private static final int BATCH = 256;

  private final MessageDigest sha256;
  private final int[] batch = new int[BATCH];
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;

  private SampleSetDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  static String of(SampleSet set) {
    SampleSetDigest digest = new SampleSetDigest();
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
    RunCount count = new RunCount();
    count.addAll(segments);
    sha256.update(
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
            .putInt(partition)
            .putLong(count.count)
            .flip());
    if (count.count > BUFFER_BYTES / RUN_BYTES) {
      filled = 0;
      new RunWriter().addAll(segments);
    }
    sha256.update(buffer, 0, filled);
    filled = 0;
  }

  /** Finds runs of consecutive offsets. */
  private abstract class Runs {

    final void addAll(List<Segment> segments) {
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
                add(start, end - start);
              }
              start = offset;
            }
            end = offset + 1;
          }
        }
      }
      if (start >= 0) {
        add(start, end - start);
      }
    }

    abstract void add(long start, long length);
  }

  /** Counts them, and keeps the first ones. */
  private final class RunCount extends Runs {

    private long count;

    @Override
    void add(long start, long length) {
      count++;
      if (filled < BUFFER_BYTES) {
        put(start, length);
      }
    }
  }

  /** Digests them. */
  private final class RunWriter extends Runs {

    @Override
    void add(long start, long length) {
      if (filled == BUFFER_BYTES) {
        sha256.update(buffer, 0, filled);
        filled = 0;
      }
      put(start, length);
    }
  }

  private void put(long start, long length) {
    LONGS.set(buffer, filled, start);
    LONGS.set(buffer, filled + Long.BYTES, length);
    filled += RUN_BYTES;
  }
}
