package dev.penstock.models;

import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.nio.ByteBuffer;

/** Brings a sample's payload, of whatever length, to a row of numbers as a network takes it. */
public interface PayloadEncoder {

  /** What a row holds. */
  PayloadSpec.Tensor row();

  /** Whether a payload of so many bytes can be encoded. */
  boolean accepts(int bytes);

  /**
   * Writes the row of a payload.
   *
   * @param payload from its position to its limit, which do not change
   * @param target little-endian
   * @param at where the row begins in it
   */
  void encode(ByteBuffer payload, ByteBuffer target, int at);

  /** Leaves tensors as they are. */
  static PayloadEncoder asItIs(PayloadSpec.Tensor tensor) {
    return new PayloadEncoder() {
      private final int length = tensor.bytes();

      @Override
      public PayloadSpec.Tensor row() {
        return tensor;
      }

      @Override
      public boolean accepts(int bytes) {
        return bytes == length;
      }

      @Override
      public void encode(ByteBuffer payload, ByteBuffer target, int at) {
        target.put(at, payload, payload.position(), length);
      }
    };
  }
}
