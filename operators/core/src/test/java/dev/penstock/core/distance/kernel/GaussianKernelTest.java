package dev.penstock.core.distance.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The exponential function by arithmetic alone. */
final class GaussianKernelTest {

  @Test
  void isTheExponentialToTheDigitsItPromises() {
    double[] distances = new double[200_000];
    Arrays.setAll(distances, i -> i / 1000.0);
    double[] kernels = distances.clone();

    new GaussianKernel(1).apply(kernels, kernels.length);

    for (int i = 0; i < kernels.length; i++) {
      assertThat(kernels[i]).isCloseTo(StrictMath.exp(-distances[i] / 2), within(4e-16));
    }
  }

  @Test
  void severalWidthsAreAveraged() {
    double[] kernels = {1, 4};

    new GaussianKernel(1, 2).apply(kernels, 2);

    assertThat(kernels[0]).isCloseTo((Math.exp(-0.5) + Math.exp(-0.125)) / 2, within(4e-16));
    assertThat(kernels[1]).isCloseTo((Math.exp(-2) + Math.exp(-0.5)) / 2, within(4e-16));
  }

  @Test
  void valuesThatAreNotNumbersStaySo() {
    double[] kernels = {Double.NaN, Double.POSITIVE_INFINITY};

    new GaussianKernel(1).apply(kernels, 2);

    assertThat(kernels[0]).isNaN();
    assertThat(kernels[1]).isCloseTo(0, within(4e-16));
  }
}
