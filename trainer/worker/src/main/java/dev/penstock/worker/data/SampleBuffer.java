package dev.penstock.worker.data;

import dev.penstock.models.PayloadEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The samples of a training set in the order of (partition, offset), so that where a sample stands
 * does not depend on when it was read. Payloads stay as they came: in memory up to a limit, then in
 * a mapped file. Several threads may fill it at different places.
 */
public final class SampleBuffer implements AutoCloseable {

  private static final int CHUNK_BYTES = 1 << 26;
  private static final double UNLABELLED = Double.NaN;

  private final PayloadEncoder encoder;
  private final int payloadBytes;
  private final int samplesPerChunk;
  private final int size;
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final double[] labels;

  private SampleBuffer(int size, PayloadEncoder encoder) {
    this.size = size;
    this.encoder = encoder;
    this.payloadBytes = encoder.row().bytes();
    this.samplesPerChunk = Math.max(1, CHUNK_BYTES / payloadBytes);
    this.labels = new double[size];
    Arrays.fill(labels, UNLABELLED);
  }

  /**
   * A buffer.
   *
   * @param size number of samples
   * @param encoder of their payloads
   * @param memoryBytes payloads beyond go to a file, which is deleted on close
   * @param directory where that file may lie
   */
  public static SampleBuffer allocate(
      long size, PayloadEncoder encoder, long memoryBytes, Path directory) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "training set must have less than 2^31 samples, got " + size);
    }
    SampleBuffer buffer = new SampleBuffer((int) size, encoder);
    if (size * buffer.payloadBytes <= memoryBytes) {
      buffer.addChunks(bytes -> ByteBuffer.allocate(bytes));
    } else {
      buffer.mapChunks(directory);
    }
    return buffer;
  }

  private interface Allocation {
    ByteBuffer of(int bytes) throws IOException;
  }

  private void addChunks(Allocation allocation) {
    try {
      for (long first = 0; first < size; first += samplesPerChunk) {
        int samples = (int) Math.min(samplesPerChunk, size - first);
        chunks.add(allocation.of(samples * payloadBytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Samples could not be put aside in a file", e);
    }
  }

  private void mapChunks(Path directory) {
    try {
      Path file = Files.createTempFile(directory, "samples", ".bin");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        long[] position = {0};
        addChunks(
            bytes -> {
              ByteBuffer chunk = channel.map(FileChannel.MapMode.READ_WRITE, position[0], bytes);
              position[0] += bytes;
              return chunk;
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Samples could not be put aside in " + directory, e);
    }
  }

  /** Puts a sample at its place; NaN: it has no label. */
  public void put(int index, ByteBuffer payload, double label) {
    encoder.encode(payload, chunk(index), position(index));
    labels[index] = label;
  }

  /** Number of samples, also of those without a label. */
  public int size() {
    return size;
  }

  /** Whether payloads of so many bytes fit the network. */
  boolean accepts(int bytes) {
    return encoder.accepts(bytes);
  }

  /** Bytes of an encoded payload. */
  public int payloadBytes() {
    return payloadBytes;
  }

  /** Indexes of the samples that have a label, ascending. */
  public int[] labelled() {
    return IntStream.range(0, size).filter(this::isLabelled).toArray();
  }

  boolean isLabelled(int index) {
    return !Double.isNaN(labels[index]);
  }

  /** Class index or regression target. */
  public double label(int index) {
    return labels[index];
  }

  /** What holds the sample's payload at {@link #position}. */
  public ByteBuffer chunk(int index) {
    return chunks.get(index / samplesPerChunk);
  }

  /** Where in its chunk the sample's payload begins. */
  public int position(int index) {
    return index % samplesPerChunk * payloadBytes;
  }

  @Override
  public void close() {
    chunks.clear();
  }
}
