package dev.penstock.schemas.serde;

import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of tensor payloads as numbers. */
public final class TensorValues {

  private TensorValues() {}

  /**
   * The elements, row-major.
   *
   * @throws IllegalArgumentException if the payload has another size
   */
  public static double[] of(PayloadSpec.Tensor tensor, byte[] payload) {
    if (payload.length != tensor.bytes()) {
      throw new IllegalArgumentException(
          "payload must have " + tensor.bytes() + " bytes, got " + payload.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[tensor.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = next(tensor.dtype(), bytes);
    }
    return values;
  }

  /** One element. */
  public static double of(PayloadSpec.Tensor tensor, byte[] payload, int element) {
    ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    return next(tensor.dtype(), bytes.position(element * tensor.dtype().bytes()));
  }

  private static double next(PayloadSpec.Dtype dtype, ByteBuffer bytes) {
    return switch (dtype) {
      case UINT8 -> Byte.toUnsignedInt(bytes.get());
      case INT32 -> bytes.getInt();
      case INT64 -> bytes.getLong();
      case FLOAT32 -> bytes.getFloat();
      case FLOAT64 -> bytes.getDouble();
    };
  }
}
