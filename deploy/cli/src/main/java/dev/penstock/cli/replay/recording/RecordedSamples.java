package dev.penstock.cli.replay.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.serde.LabelKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The part of recorded samples that a run replays: by event time, and not more than so many. */
public final class RecordedSamples implements SampleReader {

  private final SampleReader all;
  private final Part part;
  private long samples;

  /**
   * Which samples.
   *
   * @param fromMillis event time of the earliest, inclusive, milliseconds
   * @param toMillis end of event time, exclusive, milliseconds
   * @param limit samples at most
   */
  public record Part(long fromMillis, long toMillis, long limit) {}

  /**
   * What a part holds.
   *
   * @param samples number of samples
   * @param digest SHA-256 of event times, labels, keys and payloads
   */
  public record Contents(long samples, String digest) {}

  public RecordedSamples(SampleReader all, Part part) {
    this.all = all;
    this.part = part;
  }

  @Override
  public boolean next() throws IOException {
    while (samples < part.limit && all.next()) {
      if (all.timestamp() >= part.fromMillis && all.timestamp() < part.toMillis) {
        samples++;
        return true;
      }
    }
    return false;
  }

  /** Reads all samples that are left. */
  public Contents contents() throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer numbers = ByteBuffer.allocate(4 * Long.BYTES);
    while (next()) {
      numbers.clear();
      numbers.putLong(timestamp());
      numbers.putLong(sliceTime());
      numbers.putLong(labelKind() == LabelKind.CLASS ? labelClass() : -1);
      numbers.putDouble(labelKind() == LabelKind.REAL ? labelReal() : Double.NaN);
      digest.update(numbers.array());
      digest.update(key().getBytes(UTF_8));
      digest.update(payload());
    }
    return new Contents(samples, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  @Override
  public long timestamp() {
    return all.timestamp();
  }

  @Override
  public long sliceTime() {
    return all.sliceTime();
  }

  @Override
  public String key() {
    return all.key();
  }

  @Override
  public LabelKind labelKind() {
    return all.labelKind();
  }

  @Override
  public long labelClass() {
    return all.labelClass();
  }

  @Override
  public double labelReal() {
    return all.labelReal();
  }

  @Override
  public byte[] payload() {
    return all.payload();
  }

  @Override
  public void close() throws IOException {
    all.close();
  }
}
