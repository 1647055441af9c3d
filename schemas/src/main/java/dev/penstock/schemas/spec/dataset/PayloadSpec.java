package dev.penstock.schemas.spec.dataset;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a sample's payload holds. */
public sealed interface PayloadSpec {

  /**
   * A dense tensor, little-endian, row-major.
   *
   * @param dtype element type
   * @param shape sizes of the dimensions of one sample, without the batch dimension
   */
  record Tensor(Dtype dtype, List<Integer> shape) implements PayloadSpec {

    public Tensor {
      requireNonNull(dtype, "dtype is null");
      shape = List.copyOf(shape);
      if (shape.isEmpty()) {
        throw new IllegalArgumentException("shape must have a dimension, got []");
      }
      long elements = 1;
      for (int size : shape) {
        if (size < 1) {
          throw new IllegalArgumentException("shape must be positive, got " + shape);
        }
        elements *= size;
        if (elements > MAX_ELEMENTS) {
          throw new IllegalArgumentException(
              "shape must have at most " + MAX_ELEMENTS + " elements, got " + shape);
        }
      }
    }

    /** A Kafka message of 8-byte elements stays below 2 GiB. */
    private static final long MAX_ELEMENTS = 1L << 27;

    /** Number of elements of one sample. */
    public int elements() {
      // Asked for at every sample: a stream would cost more than reading one.
      int elements = 1;
      for (int size : shape) {
        elements = Math.multiplyExact(elements, size);
      }
      return elements;
    }

    /** Bytes of one sample's payload. */
    public int bytes() {
      return Math.multiplyExact(elements(), dtype.bytes());
    }
  }

  /**
   * UTF-8 text.
   *
   * @param maxBytes bytes of the longest text allowed
   */
  record Text(int maxBytes) implements PayloadSpec {

    public Text {
      if (maxBytes < 1) {
        throw new IllegalArgumentException("max-bytes must be positive, got " + maxBytes);
      }
    }
  }

  /** Element type of a tensor. */
  enum Dtype {
    UINT8(1),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    Dtype(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
      return bytes;
    }
  }
}
