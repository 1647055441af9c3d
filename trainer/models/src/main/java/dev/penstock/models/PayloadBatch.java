package dev.penstock.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Payloads of a batch, one after the other, where the engine can read them. Payloads are
 * little-endian, as are the machines that the engine runs on.
 */
public final class PayloadBatch {

  private final int payloadBytes;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  /** An empty batch of payloads of that size. */
  public PayloadBatch(int payloadBytes) {
    this.payloadBytes = payloadBytes;
  }

  /** Empties the batch, with room for {@code samples}. */
  public void clear(int samples) {
    int needed = Math.multiplyExact(samples, payloadBytes);
    if (bytes.capacity() < needed) {
      bytes = ByteBuffer.allocateDirect(needed).order(ByteOrder.LITTLE_ENDIAN);
    }
    bytes.clear();
  }

  /** Adds the payload that {@code source} has at {@code index}. */
  public void add(ByteBuffer source, int index) {
    bytes.put(bytes.position(), source, index, payloadBytes);
    bytes.position(bytes.position() + payloadBytes);
  }

  /** Adds the row of a payload. */
  public void add(ByteBuffer payload, PayloadEncoder encoder) {
    encoder.encode(payload, bytes, bytes.position());
    bytes.position(bytes.position() + payloadBytes);
  }

  /** Adds payloads of zeros. */
  public void addZeros(int samples) {
    for (int remaining = samples * payloadBytes; remaining > 0; remaining--) {
      bytes.put((byte) 0);
    }
  }

  /** The payloads. */
  public ByteBuffer payloads() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
  }
}
