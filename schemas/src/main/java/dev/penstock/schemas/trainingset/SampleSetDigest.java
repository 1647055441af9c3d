package dev.penstock.schemas.trainingset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.roaringbitmap.BatchIterator;

/** Digest of a sample set's canonical form, as the package's description gives it. */
final class SampleSetDigest {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int BATCH = 256;

  private final MessageDigest sha256;
  private final int[] batch = new int[BATCH];
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

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
      digest.add(set, partition);
    }
    digest.flush();
    set.weights()
        .ifPresentOrElse(
            weights -> {
              digest.sha256.update((byte) 1);
              digest.sha256.update(SampleSet.bytes(weights));
            },
            () -> digest.sha256.update((byte) 0));
    return HexFormat.of().formatHex(digest.sha256.digest());
  }

  private void add(SampleSet set, int partition) {
    putInt(partition);
    RunCount runs = new RunCount();
    forEachBatch(set.segments(partition), runs);
    putLong(runs.count);
    RunWriter writer = new RunWriter();
    forEachBatch(set.segments(partition), writer);
    writer.end();
  }

  /** Is shown offsets, ascending, less a base. */
  private interface Visitor {
    void batch(long base, int[] values, int size);
  }

  private void forEachBatch(List<Segment> segments, Visitor visitor) {
    for (Segment segment : segments) {
      BatchIterator values = segment.bitmap().getBatchIterator();
      while (values.hasNext()) {
        int size = values.nextBatch(batch);
        visitor.batch(segment.base(), batch, size);
      }
    }
  }

  /** Counts runs of consecutive offsets. */
  private static final class RunCount implements Visitor {

    private long count;
    private long end = -1;

    @Override
    public void batch(long base, int[] values, int size) {
      for (int i = 0; i < size; i++) {
        long offset = base + Integer.toUnsignedLong(values[i]);
        if (offset != end) {
          count++;
        }
        end = offset + 1;
      }
    }
  }

  /** Writes their starts and lengths. */
  private final class RunWriter implements Visitor {

    private long start = -1;
    private long end = -1;

    @Override
    public void batch(long base, int[] values, int size) {
      for (int i = 0; i < size; i++) {
        long offset = base + Integer.toUnsignedLong(values[i]);
        if (offset != end) {
          end();
          start = offset;
        }
        end = offset + 1;
      }
    }

    void end() {
      if (start >= 0) {
        putLong(start);
        putLong(end - start);
      }
    }
  }

  private void putInt(int value) {
    makeRoom();
    buffer.putInt(value);
  }

  private void putLong(long value) {
    makeRoom();
    buffer.putLong(value);
  }

  private void makeRoom() {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
  }

  private void flush() {
    sha256.update(buffer.flip());
    buffer.clear();
  }
}
