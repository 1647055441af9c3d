package dev.penstock.core.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Tests of counts, and corrections for many tests, by closed forms. */
final class ContingencyTest {

  @Test
  void chiSquareIsThatOfTextbooks() {
    long[][] table = {{10, 20}, {20, 10}};

    Contingency.Result result = Contingency.chiSquare(table, Continuity.UNCORRECTED);

    assertThat(result.statistic()).isCloseTo(20.0 / 3, within(1e-12));
    assertThat(result.degreesOfFreedom()).isEqualTo(1);
    assertThat(result.expected()).isDeepEqualTo(new double[][] {{15, 15}, {15, 15}});
    // Of one degree of freedom the root is normal.
    assertThat(result.pValue()).isCloseTo(0.009823274507519235, within(1e-12));
    assertThat(Contingency.chiSquare(table, Continuity.CORRECTED).statistic())
        .isCloseTo(4 * 4.5 * 4.5 / 15, within(1e-12));
  }

  @Test
  void likelihoodRatioIsTwiceTheDivergence() {
    long[][] table = {{10, 20, 0}, {20, 10, 5}};
    Contingency.Result result = Contingency.likelihoodRatio(table, Continuity.CORRECTED);

    double expected = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        double cell = table[i][j];
        expected += cell == 0 ? 0 : 2 * cell * Math.log(cell / result.expected()[i][j]);
      }
    }
    assertThat(result.statistic()).isCloseTo(expected, within(1e-12));
    // Of two degrees of freedom the law is exponential.
    assertThat(result.pValue()).isCloseTo(Math.exp(-expected / 2), within(1e-12));
  }

  @Test
  void oneCategoryIsNoEvidence() {
    Contingency.Result result =
        Contingency.chiSquare(new long[][] {{5}, {7}}, Continuity.CORRECTED);

    assertThat(result.statistic()).isEqualTo(0);
    assertThat(result.pValue()).isEqualTo(1);
    assertThat(result.degreesOfFreedom()).isEqualTo(0);
  }

  @Test
  void goodnessOfFitComparesWithExpectedCounts() {
    TestResult result =
        Contingency.goodnessOfFit(
            new double[] {8, 12, 10}, new double[] {10, 10, 10}, /* lost= */ 0);

    assertThat(result.statistic()).isCloseTo(0.8, within(1e-12));
    assertThat(result.pValue()).isCloseTo(Math.exp(-0.4), within(1e-12));
    assertThat(Contingency.goodnessOfFit(new double[] {5, 5}, new double[] {10, 0}, 0).pValue())
        .isEqualTo(0);
    assertThat(Contingency.goodnessOfFit(new double[] {5, 0}, new double[] {5, 0}, 0).pValue())
        .isNaN();
  }

  @Test
  void fisherCountsTables() {
    // Tea tasting: (1 + 16) / 70 that three of four cups or more are named right.
    long[][] tea = {{3, 1}, {1, 3}};

    assertThat(Contingency.fisher(tea, Alternative.GREATER).statistic()).isEqualTo(9);
    assertThat(Contingency.fisher(tea, Alternative.GREATER).pValue())
        .isCloseTo(17.0 / 70, within(1e-12));
    assertThat(Contingency.fisher(tea, Alternative.TWO_SIDED).pValue())
        .isCloseTo(34.0 / 70, within(1e-12));
    // Both tables of the middle are equally likely.
    assertThat(Contingency.fisher(new long[][] {{7, 14}, {16, 33}}, Alternative.TWO_SIDED).pValue())
        .isCloseTo(1, within(1e-12));
    assertThat(Contingency.fisher(new long[][] {{0, 0}, {1, 2}}, Alternative.LESS))
        .isEqualTo(new TestResult(Double.NaN, 1));
  }

  @Test
  void refusesWhatIsNoTable() {
    assertThatThrownBy(() -> chiSquare(new long[][] {{5, 0}, {2, 0}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected counts must be positive, got 0 in row 0, column 1");
    assertThatThrownBy(() -> chiSquare(new long[][] {{5, 0}, {2}}))
        .hasMessage("rows must have 2 counts, got 1");
    assertThatThrownBy(() -> chiSquare(new long[][] {{5, -1}}))
        .hasMessage("counts must not be negative, got -1");
    assertThatThrownBy(() -> chiSquare(new long[][] {}))
        .hasMessage("table must have at least one row and column");
    assertThatThrownBy(() -> Contingency.fisher(new long[][] {{5, 1}}, Alternative.LESS))
        .hasMessage("table must be 2 x 2, got 1 rows");
    assertThatThrownBy(() -> Contingency.fisher(new long[][] {{5, 1}, {-2, 1}}, Alternative.LESS))
        .hasMessage("counts must not be negative, got -2");
    assertThatThrownBy(() -> Contingency.goodnessOfFit(new double[] {5}, new double[] {6}, 0))
        .hasMessage("sum of expected must be 5.0, got 6.0");
    assertThatThrownBy(() -> Contingency.goodnessOfFit(new double[] {5}, new double[] {5}, 1))
        .hasMessage("lost must be in [0, 0], got 1");
    assertThatThrownBy(() -> Contingency.goodnessOfFit(new double[] {5}, new double[] {5, 1}, 0))
        .hasMessage("expected must have 1 values, got 2");
  }

  @Test
  void adjustsForTheNumberOfTests() {
    double[] pValues = {0.02, 0.01, 0.9};

    assertThat(MultipleTesting.bonferroni(pValues)).containsExactly(0.06, 0.03, 1);
    assertThat(MultipleTesting.benjaminiHochberg(pValues)).containsExactly(0.03, 0.03, 0.9);
    double[] yekutieli = MultipleTesting.benjaminiYekutieli(pValues);
    assertThat(yekutieli[0]).isCloseTo(0.03 * 11 / 6, within(1e-15));
    assertThat(yekutieli[2]).isEqualTo(1);
    assertThat(MultipleTesting.benjaminiHochberg(new double[0])).isEmpty();
    assertThatThrownBy(() -> MultipleTesting.bonferroni(new double[] {0.1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("p-values must be in [0, 1], got NaN");
  }

  private static Contingency.Result chiSquare(long[][] table) {
    return Contingency.chiSquare(table, Continuity.CORRECTED);
  }
}
