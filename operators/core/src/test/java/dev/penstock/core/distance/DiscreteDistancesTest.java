package dev.penstock.core.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Distances of discrete distributions: axioms, bounds and values by hand. */
final class DiscreteDistancesTest {

  private static final double[] P = {0.5, 0.25, 0.25};
  private static final double[] Q = {0.25, 0.5, 0.25};

  private static final List<ToDoubleBiFunction<double[], double[]>> METRICS =
      List.of(
          DiscreteDistances::hellinger,
          DiscreteDistances::totalVariation,
          DiscreteDistances::lInfinity,
          DiscreteDistances::jensenShannonDistance);

  @Test
  void metricsFollowTheirAxioms() {
    double[] r = {0.1, 0.1, 0.8};
    assertThat(METRICS)
        .allSatisfy(
            metric -> {
              assertThat(metric.applyAsDouble(P, P)).isEqualTo(0);
              assertThat(metric.applyAsDouble(P, Q)).isPositive();
              assertThat(metric.applyAsDouble(Q, P)).isEqualTo(metric.applyAsDouble(P, Q));
              assertThat(metric.applyAsDouble(P, r))
                  .isLessThanOrEqualTo(metric.applyAsDouble(P, Q) + metric.applyAsDouble(Q, r));
            });
  }

  @Test
  void countsAndProportionsAreAlike() {
    double[] counts = {20, 10, 10};
    assertThat(METRICS)
        .allSatisfy(
            metric ->
                assertThat(metric.applyAsDouble(counts, Q))
                    .isCloseTo(metric.applyAsDouble(P, Q), within(1e-15)));
  }

  @Test
  void hasTheValuesOfPenAndPaper() {
    assertThat(DiscreteDistances.kullbackLeibler(P, Q))
        .isCloseTo(0.25 * Math.log(2), within(1e-15));
    assertThat(DiscreteDistances.populationStabilityIndex(P, Q))
        .isCloseTo(0.5 * Math.log(2), within(1e-15));
    assertThat(DiscreteDistances.totalVariation(P, Q)).isEqualTo(0.25);
    assertThat(DiscreteDistances.lInfinity(P, Q)).isEqualTo(0.25);
    assertThat(DiscreteDistances.chiSquare(P, Q)).isCloseTo(1.0 / 6, within(1e-15));
    assertThat(DiscreteDistances.hellinger(P, Q))
        .isCloseTo(Math.sqrt(1 - DiscreteDistances.bhattacharyyaCoefficient(P, Q)), within(1e-15));
  }

  @Test
  void disjointDistributionsAreFarthestApart() {
    double[] p = {1, 0};
    double[] q = {0, 1};

    assertThat(DiscreteDistances.hellinger(p, q)).isEqualTo(1);
    assertThat(DiscreteDistances.totalVariation(p, q)).isEqualTo(1);
    assertThat(DiscreteDistances.chiSquare(p, q)).isEqualTo(2);
    assertThat(DiscreteDistances.jensenShannonDivergence(p, q)).isEqualTo(Math.log(2));
    assertThat(DiscreteDistances.kullbackLeibler(p, q)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(DiscreteDistances.populationStabilityIndex(p, q))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(
            DiscreteDistances.populationStabilityIndex(
                DiscreteDistances.zerosReplaced(p, 1e-4), DiscreteDistances.zerosReplaced(q, 1e-4)))
        .isCloseTo(2 * (1 - 1e-4) * Math.log(1e4), within(1e-12));
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> DiscreteDistances.hellinger(P, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("q must have 3 bins, got 1");
    assertThatThrownBy(() -> DiscreteDistances.hellinger(P, new double[] {1, -1, 1}))
        .hasMessage("q must not be negative, got -1.0");
    assertThatThrownBy(() -> DiscreteDistances.hellinger(new double[] {0, 0, Double.NaN}, P))
        .hasMessage("p must not be negative, got NaN");
    assertThatThrownBy(() -> DiscreteDistances.totalVariation(new double[3], P))
        .hasMessage("sum of p must be positive and finite, got 0.0");
    assertThatThrownBy(() -> DiscreteDistances.zerosReplaced(P, 0))
        .hasMessage("value must be positive and finite, got 0.0");
  }
}
