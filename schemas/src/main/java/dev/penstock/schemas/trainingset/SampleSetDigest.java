package dev.penstock.schemas.trainingset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.PrimitiveIterator;

/** Digest of a sample set's canonical form, as the package's description gives it. */
final class SampleSetDigest {

  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest sha256;
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
    putLong(runs(set.offsets(partition)));
    PrimitiveIterator.OfLong offsets = set.offsets(partition);
    long start = offsets.nextLong();
    long end = start + 1;
    while (offsets.hasNext()) {
      long next = offsets.nextLong();
      if (next != end) {
        putLong(start);
        putLong(end - start);
        start = next;
      }
      end = next + 1;
    }
    putLong(start);
    putLong(end - start);
  }

  private static long runs(PrimitiveIterator.OfLong offsets) {
    long runs = 0;
    long end = -1;
    while (offsets.hasNext()) {
      long next = offsets.nextLong();
      if (next != end) {
        runs++;
      }
      end = next + 1;
    }
    return runs;
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
