package dev.penstock.core.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.stats.Gaussian;
import dev.penstock.core.stats.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Properties of the tests on univariate samples, and their closed forms. */
final class TwoSampleTestsTest {

  /** P-values of every test in its default form. */
  private static final List<ToDoubleBiFunction<double[], double[]>> P_VALUES =
      List.of(
          (x, y) -> KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.AUTO).pValue(),
          (x, y) ->
              KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.ASYMPTOTIC).pValue(),
          (x, y) -> mannWhitney(x, y, Alternative.TWO_SIDED, PValueMethod.AUTO).pValue(),
          (x, y) -> CramerVonMises.test(x, y, PValueMethod.AUTO).pValue(),
          (x, y) -> CramerVonMises.test(x, y, PValueMethod.ASYMPTOTIC).pValue(),
          (x, y) -> WelchT.test(x, y).pValue(),
          (x, y) -> AndersonDarling.test(x, y).pValue());

  @Test
  void tellsShiftedSamplesApartAndEqualOnesNot() {
    double[] x = Gaussian.sample(200, /* mean= */ 0, new SplittableRandom(1));
    double[] y = Gaussian.sample(150, /* mean= */ 0, new SplittableRandom(2));
    double[] shifted = Gaussian.sample(150, /* mean= */ 1, new SplittableRandom(3));

    assertThat(P_VALUES)
        .allSatisfy(
            test -> {
              assertThat(test.applyAsDouble(x, shifted)).isLessThan(0.0011);
              assertThat(test.applyAsDouble(x, y)).isGreaterThan(0.05);
            });
  }

  @Test
  void pValuesDoNotDependOnTheOrderOfSamplesOrValues() {
    double[] x = Gaussian.sample(30, /* mean= */ 0, new SplittableRandom(4));
    double[] y = Gaussian.sample(41, /* mean= */ 0.5, new SplittableRandom(5));

    assertThat(P_VALUES)
        .allSatisfy(
            test -> {
              double pValue = test.applyAsDouble(x, y);
              assertThat(test.applyAsDouble(y, x)).isCloseTo(pValue, within(1e-12));
              assertThat(test.applyAsDouble(reversed(x), reversed(y)))
                  .isCloseTo(pValue, within(1e-12));
            });
  }

  @Test
  void rankTestsDoNotDependOnTheScale() {
    double[] x = Gaussian.sample(30, /* mean= */ 0, new SplittableRandom(4));
    double[] y = Gaussian.sample(41, /* mean= */ 0.5, new SplittableRandom(5));
    double[] expX = Arrays.stream(x).map(Math::exp).toArray();
    double[] expY = Arrays.stream(y).map(Math::exp).toArray();

    assertThat(CramerVonMises.test(expX, expY, PValueMethod.AUTO))
        .isEqualTo(CramerVonMises.test(x, y, PValueMethod.AUTO));
    assertThat(mannWhitney(expX, expY, Alternative.LESS, PValueMethod.ASYMPTOTIC))
        .isEqualTo(mannWhitney(x, y, Alternative.LESS, PValueMethod.ASYMPTOTIC));
    assertThat(AndersonDarling.test(expX, expY)).isEqualTo(AndersonDarling.test(x, y));
  }

  @Test
  void pValuesAreUniformWithoutDrift() {
    RandomGenerator random = new SplittableRandom(6);
    int windows = 400;
    int below = 0;
    for (int i = 0; i < windows; i++) {
      double[] x = Gaussian.sample(40, /* mean= */ 0, random);
      double[] y = Gaussian.sample(60, /* mean= */ 0, random);
      below += CramerVonMises.test(x, y, PValueMethod.ASYMPTOTIC).pValue() < 0.1 ? 1 : 0;
    }
    // Binomial: 40 expected, deviation 6.
    assertThat(below).isBetween(20, 60);
  }

  @Test
  void kolmogorovSmirnovCountsArrangements() {
    double[] x = {1, 2, 3};
    double[] y = {4, 5, 6};

    KolmogorovSmirnov.Result result =
        KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.EXACT);

    // Of C(6, 3) = 20 arrangements two are apart.
    assertThat(result.statistic()).isEqualTo(1);
    assertThat(result.pValue()).isCloseTo(0.1, within(1e-12));
    assertThat(result.location()).isEqualTo(3);
    assertThat(result.sign()).isEqualTo(1);
    assertThat(KolmogorovSmirnov.test(x, y, Alternative.GREATER, PValueMethod.EXACT).pValue())
        .isCloseTo(0.05, within(1e-12));
    assertThat(KolmogorovSmirnov.test(x, y, Alternative.LESS, PValueMethod.EXACT).pValue())
        .isEqualTo(1);
  }

  @Test
  void kolmogorovSmirnovOfOneValueCountsItsPlaces() {
    double[] y = {1, 2, 3, 4};

    // Five places, the outer two are as extreme, one of them on this side.
    assertThat(exactKolmogorovSmirnov(new double[] {0}, y, Alternative.TWO_SIDED)).isEqualTo(0.4);
    assertThat(exactKolmogorovSmirnov(new double[] {0}, y, Alternative.GREATER)).isEqualTo(0.2);
    assertThat(exactKolmogorovSmirnov(new double[] {2.5}, y, Alternative.TWO_SIDED)).isEqualTo(1);
    assertThat(exactKolmogorovSmirnov(y, new double[] {0}, Alternative.LESS)).isEqualTo(0.2);
  }

  @Test
  void lawOfOneSampleHasItsClosedForms() {
    // P(D_n >= d) = 2 (1 - d)^n for d >= 1 - 1/n, and 1 - n! (2d - 1/n)^n for d <= 1/n.
    assertThat(KolmogorovSmirnov.oneSample(0.9, 5)).isCloseTo(2e-5, within(1e-15));
    assertThat(KolmogorovSmirnov.oneSample(0.4, 2)).isCloseTo(1 - 2 * 0.09, within(1e-12));
    assertThat(KolmogorovSmirnov.oneSample(0.7, 1)).isCloseTo(0.6, within(1e-15));
    assertThat(KolmogorovSmirnov.oneSample(0.1, 5)).isEqualTo(1);
    assertThat(KolmogorovSmirnov.oneSample(0.5, 0)).isNaN();
  }

  @Test
  void mannWhitneyCountsPairs() {
    double[] x = {1, 5, 7};
    double[] y = {2, 5, 6};

    TestResult result = mannWhitney(x, y, Alternative.TWO_SIDED, PValueMethod.ASYMPTOTIC);
    TestResult apart =
        mannWhitney(new double[] {1, 2}, new double[] {3, 4}, Alternative.LESS, PValueMethod.EXACT);

    assertThat(result.statistic()).isEqualTo(4.5);
    assertThat(result.pValue()).isEqualTo(1);
    assertThat(apart.statistic()).isEqualTo(0);
    assertThat(apart.pValue()).isCloseTo(1.0 / 6, within(1e-12));
  }

  @Test
  void cramerVonMisesCountsArrangements() {
    // Of C(4, 2) = 6 arrangements two are apart.
    TestResult apart =
        CramerVonMises.test(new double[] {1, 2}, new double[] {3, 4}, PValueMethod.EXACT);

    assertThat(apart.pValue()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void cramerVonMisesHasItsTabledLimit() {
    // Anderson and Darling's table: the 5 % and 1 % points.
    assertThat(CramerVonMises.limit(0.46136)).isCloseTo(0.95, within(1e-5));
    assertThat(CramerVonMises.limit(0.74346)).isCloseTo(0.99, within(1e-5));
  }

  @Test
  void welchAgreesWithStudentWhereSamplesAreAlike() {
    WelchT.Result result = WelchT.test(new double[] {1, 2, 3}, new double[] {2, 3, 4});

    assertThat(result.statistic()).isCloseTo(-1 / Math.sqrt(2.0 / 3), within(1e-12));
    assertThat(result.degreesOfFreedom()).isCloseTo(4, within(1e-12));
  }

  @Test
  void missingValuesMakeResultsUndefined() {
    double[] x = {1, Double.NaN, 3, 4};
    double[] y = {1, 2, 3, 4.5};

    assertThat(P_VALUES).allSatisfy(test -> assertThat(test.applyAsDouble(x, y)).isNaN());
    assertThat(P_VALUES)
        .allSatisfy(
            test -> assertThat(test.applyAsDouble(Samples.withoutNaN(x), y)).isBetween(0.0, 1.0));
  }

  @Test
  void constantSamplesHaveTheirResults() {
    double[] x = {3, 3, 3};
    double[] y = {4, 4, 4};

    assertThat(WelchT.test(x, y)).isEqualTo(new WelchT.Result(Double.NEGATIVE_INFINITY, 0, 1));
    assertThat(WelchT.test(new double[] {3}, y).statistic()).isNaN();
    assertThat(WelchT.test(x, x)).isEqualTo(new WelchT.Result(Double.NaN, Double.NaN, 1));
    assertThat(KolmogorovSmirnov.test(x, x, Alternative.TWO_SIDED, PValueMethod.AUTO).pValue())
        .isEqualTo(1);
    assertThat(mannWhitney(x, x, Alternative.TWO_SIDED, PValueMethod.AUTO).pValue()).isEqualTo(1);
  }

  @Test
  void doesNotChangeItsArguments() {
    double[] x = {3, 1, 2, 5};
    double[] y = {9, 4, 7, 1};

    assertThat(P_VALUES)
        .allSatisfy(test -> assertThat(test.applyAsDouble(x, y)).isBetween(0.0, 1.0));

    assertThat(x).containsExactly(3, 1, 2, 5);
    assertThat(y).containsExactly(9, 4, 7, 1);
  }

  @Test
  void refusesWhatItCannotTest() {
    double[] none = {};
    double[] some = {1, 2};
    double[] many = new double[300];

    assertThat(P_VALUES)
        .allSatisfy(
            test ->
                assertThatThrownBy(() -> test.applyAsDouble(none, some))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("x must have at least 1 values, got 0"));
    assertThatThrownBy(() -> AndersonDarling.test(some, new double[] {3}))
        .hasMessage("x and y must have at least 4 values together, got 3");
    assertThatThrownBy(() -> AndersonDarling.test(many, many))
        .hasMessage("x and y must have at least 2 distinct values together, got 1");
    assertThatThrownBy(() -> mannWhitney(many, many, Alternative.LESS, PValueMethod.EXACT))
        .hasMessage("x.length * y.length must be in [1, 65536] for an exact p-value, got 90000");
    assertThatThrownBy(() -> CramerVonMises.test(many, new double[299], PValueMethod.EXACT))
        .hasMessageStartingWith("lcm(x.length, y.length)² (x.length + y.length) must be at most");
  }

  private static TestResult mannWhitney(
      double[] x, double[] y, Alternative alternative, PValueMethod method) {
    return MannWhitney.test(x, y, alternative, method, Continuity.CORRECTED);
  }

  private static double exactKolmogorovSmirnov(double[] x, double[] y, Alternative alternative) {
    return KolmogorovSmirnov.test(x, y, alternative, PValueMethod.EXACT).pValue();
  }

  private static double[] reversed(double[] sample) {
    double[] reversed = new double[sample.length];
    for (int i = 0; i < sample.length; i++) {
      reversed[i] = sample[sample.length - 1 - i];
    }
    return reversed;
  }

  @Test
  void tiesDoNotLookLikeDriftToCramerVonMises() {
    double[] half = {0, 1};
    double[] more = {0, 1, 0, 1, 0, 1, 0, 1};
    double[] x = {0.3, 2.5, 1.7, -1, 4};
    double[] y = {0.9, 2.6, -3};

    assertThat(CramerVonMises.testTied(half, more).statistic()).isZero();
    assertThat(CramerVonMises.testTied(half, more).pValue()).isEqualTo(1);
    assertThat(CramerVonMises.testTied(x, y))
        .isEqualTo(CramerVonMises.test(x, y, PValueMethod.AUTO));
    // At 0 the functions are 1 and 0, for two values of five; at 1 they agree.
    assertThat(CramerVonMises.testTied(new double[] {0, 0}, new double[] {1, 1, 1}).statistic())
        .isCloseTo(6.0 / 25 * 2, within(1e-12));
  }

  @Test
  void theKolmogorovSmirnovStatisticAloneIsThatOfTheTest() {
    double[] x = {1, 2, 2, 5};
    double[] y = {2, 3, 3};

    assertThat(KolmogorovSmirnov.statistic(x, y))
        .isEqualTo(
            KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.AUTO).statistic());
    assertThat(KolmogorovSmirnov.statistic(x, new double[] {Double.NaN})).isNaN();
  }
}
