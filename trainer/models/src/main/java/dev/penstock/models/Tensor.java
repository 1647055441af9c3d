package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;

/**
 * A float32 tensor on the heap. Equality is by identity.
 *
 * @param shape sizes of the dimensions
 * @param values row-major
 */
public record Tensor(List<Long> shape, float[] values) {

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

  /** Copies the values into an array, {@linkplain InPlace in place}. */
  public void copyTo(NDArray array) {
    try (NDArray source = array.getManager().create(values, array.getShape())) {
      InPlace.copy(source, array);
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
