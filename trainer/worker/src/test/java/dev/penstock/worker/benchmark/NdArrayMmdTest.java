package dev.penstock.worker.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.distance.kernel.Mmd;
import org.junit.jupiter.api.Test;

/** The baseline measures the same thing. */
final class NdArrayMmdTest {

  @Test
  void theMatrixFormulaGivesTheSameDiscrepancy() {
    double[][] reference = {{0, 0}, {1, 0}, {3, 1}};
    double[][] current = {{0, 2}, {1, 1}};

    assertThat(NdArrayMmd.unbiased(reference, current, 1.5))
        .isCloseTo(Mmd.unbiased(reference, current, 1.5), within(1e-12));
  }
}
