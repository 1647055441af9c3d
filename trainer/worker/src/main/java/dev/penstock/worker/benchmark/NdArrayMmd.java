package dev.penstock.worker.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The unbiased squared maximum mean discrepancy by whole matrices, in double precision. */
final class NdArrayMmd {

  private NdArrayMmd() {}

  static double unbiased(double[][] reference, double[][] current, double sigma) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray x = matrix(manager, reference);
      NDArray y = matrix(manager, current);
      double n = reference.length;
      double m = current.length;
      // A row's kernel with itself is 1.
      return (sum(x, x, sigma) - n) / (n * (n - 1))
          + (sum(y, y, sigma) - m) / (m * (m - 1))
          - 2 * sum(x, y, sigma) / (n * m);
    }
  }

  private static NDArray matrix(NDManager manager, double[][] rows) {
    int features = rows[0].length;
    double[] values = new double[rows.length * features];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * features, features);
    }
    return manager.create(values, new Shape(rows.length, features));
  }

  /** {@code |a|² + |b|² - 2ab}, then the kernel, over all pairs. */
  private static double sum(NDArray a, NDArray b, double sigma) {
    int[] features = {1};
    NDArray squares = a.square().sum(features, /* keepDims= */ true);
    NDArray others = b.square().sum(features, /* keepDims= */ true).transpose();
    NDArray distances = a.matMul(b.transpose()).muli(-2).addi(squares).addi(others);
    return distances.muli(-1 / (2 * sigma * sigma)).exp().sum().getDouble();
  }
}
