package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.List;

/**
 * A float32 tensor on the heap. Equality is by identity.
 *
 * @param shape sizes of the dimensions
 * @param values row-major
 */
public record Tensor(List<Long> shape, float[] values) {

  private static final NDIndex ALL = new NDIndex("...");

  public Tensor {
    shape = List.copyOf(shape);
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "values must be " + elements + " for shape " + shape + ", got " + values.length);
    }
  }

  /** A copy of an array. */
  public static Tensor of(NDArray array) {
    return new Tensor(shape(array), array.toFloatArray());
  }

  static List<Long> shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).boxed().toList();
  }

  /**
   * Copies the values into an array, whose memory stays where it is, since others may share it: the
   * engine's own way of setting values gives an array new memory.
   */
  public void copyTo(NDArray array) {
    try (NDArray target = array.stopGradient();
        NDArray source = array.getManager().create(values, array.getShape())) {
      target.set(ALL, source);
    }
  }

  /** A vector. */
  public static Tensor vector(float[] values) {
    return new Tensor(List.of((long) values.length), values);
  }

  @Override
  public String toString() {
    return "Tensor" + shape + Arrays.toString(Arrays.copyOf(values, Math.min(4, values.length)));
  }
}
