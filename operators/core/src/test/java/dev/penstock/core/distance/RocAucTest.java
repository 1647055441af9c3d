package dev.penstock.core.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The share of pairs in the right order. */
final class RocAucTest {

  @Test
  void countsPairsAndHalvesTies() {
    double[] positives = {0.9, 0.5, 0.5};
    double[] negatives = {0.5, 0.1};

    // Of six pairs four are in order and two are ties.
    assertThat(RocAuc.test(positives, negatives).statistic()).isCloseTo(5.0 / 6, within(1e-15));
    assertThat(RocAuc.test(negatives, positives).statistic()).isCloseTo(1.0 / 6, within(1e-15));
  }

  @Test
  void ofOneClassItIsNotDefined() {
    assertThat(RocAuc.test(new double[] {1}, new double[0]).statistic()).isNaN();
    assertThat(RocAuc.test(new double[0], new double[] {1}).pValue()).isNaN();
  }

  /** Three above three: one of twenty arrangements. */
  @Test
  void thePValueIsOneSided() {
    double[] high = {4, 5, 6};
    double[] low = {1, 2, 3};

    assertThat(RocAuc.test(high, low).pValue()).isCloseTo(1.0 / 20, within(1e-12));
    assertThat(RocAuc.test(low, high).pValue()).isCloseTo(1, within(1e-12));
  }
}
