package dev.penstock.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.criterion.Direction;
import dev.penstock.core.distance.Binned;
import dev.penstock.core.distance.CdfDistances;
import dev.penstock.core.distance.DiscreteDistances;
import dev.penstock.core.distance.kernel.Mmd;
import dev.penstock.core.hypothesis.Alternative;
import dev.penstock.core.hypothesis.CramerVonMises;
import dev.penstock.core.hypothesis.KolmogorovSmirnov;
import dev.penstock.core.hypothesis.PValueMethod;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec.Worse;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Aggregation;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec.Distance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all drift measures have in common, over random samples. */
final class DriftMeasuresTest {

  private static final Set<Distance> SYMMETRIC =
      EnumSet.complementOf(EnumSet.of(Distance.KL, Distance.WASSERSTEIN));

  static Stream<DriftMetricSpec> specs() {
    List<DriftMetricSpec> specs = new ArrayList<>();
    for (Distance distance : Distance.values()) {
      specs.add(univariate(distance, Aggregation.MEAN));
      if (distance.isTest()) {
        specs.add(univariate(distance, Aggregation.BONFERRONI));
        specs.add(univariate(distance, Aggregation.BENJAMINI_HOCHBERG));
      }
      if (distance.isBinned()) {
        specs.add(
            new DriftMetricSpec.Univariate(
                distance, Optional.of(8), Aggregation.MAX, Optional.empty()));
      }
    }
    specs.add(
        new DriftMetricSpec.Univariate(
            Distance.KS, Optional.empty(), Aggregation.SHARE, Optional.of(0.3)));
    specs.add(mmd(Optional.empty()));
    specs.add(mmd(Optional.of(99)));
    specs.add(lsdd(Optional.empty()));
    specs.add(lsdd(Optional.of(5)));
    specs.add(new DriftMetricSpec.Classifier());
    for (DriftMetricSpec.Norm norm : DriftMetricSpec.Norm.values()) {
      specs.add(new DriftMetricSpec.MeanDistance(norm, /* standardize= */ false));
    }
    return specs.stream();
  }

  @Test
  void everyKindOfMetricHasAMeasure() {
    assertThat(specs().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(DriftMetricSpec.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void saysWhatTheSpecSays(DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    Score score = measure.measure(normal(40, 3, 0, 1), normal(30, 3, 0, 2), 7);

    assertThat(measure.direction())
        .isEqualTo(spec.worse() == Worse.HIGHER ? Direction.HIGH : Direction.LOW);
    assertThat(score.pValue().isPresent()).isEqualTo(spec.hasPValue());
    assertThat(score.referenceRows()).isEqualTo(40);
    assertThat(score.currentRows()).isEqualTo(30);
    assertThat(score.columns()).isEqualTo(3);
    assertThat(measure.measure(normal(40, 3, 0, 1), normal(30, 3, 0, 2), 7)).isEqualTo(score);
  }

  /** Also when the columns that can be compared change in between. */
  @ParameterizedTest
  @MethodSource("specs")
  void aPreparedReferenceGivesTheSameBits(DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    double[][] reference = normal(300, 9, 0, 1);
    double[][] gap = normal(35, 9, 1, 4);
    for (double[] row : gap) {
      row[4] = Double.NaN;
    }
    DriftMeasure.Prepared prepared = measure.prepare(reference);
    for (double[][] current : List.of(normal(290, 9, 0, 2), gap, normal(31, 9, 1, 3))) {
      assertThat(prepared.measure(current, 5)).isEqualTo(measure.measure(reference, current, 5));
    }
  }

  /**
   * A shift by 0, 1.5 and 6 deviations of all columns; the p-value may be 0 for both of the last.
   */
  @ParameterizedTest
  @MethodSource("specs")
  void aLargerShiftIsWorse(DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    for (int seed = 0; seed < 5; seed++) {
      double[][] reference = normal(150, 3, 0, seed);
      double none = value(measure, reference, normal(150, 3, 0, seed + 100));
      double some = value(measure, reference, normal(150, 3, 1.5, seed + 100));
      double much = value(measure, reference, normal(150, 3, 6, seed + 100));

      assertThat(measure.direction().excess(some, none)).as("seed %d", seed).isPositive();
      assertThat(measure.direction().excess(much, none)).as("seed %d", seed).isPositive();
      if (!(spec instanceof DriftMetricSpec.Lsdd)) {
        assertThat(measure.direction().excess(much, some)).as("seed %d", seed).isGreaterThan(-1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void withoutDriftPValuesAreRarelySmall(DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    if (!spec.hasPValue()) {
      return;
    }
    int small = 0;
    int streams = 200;
    for (int seed = 0; seed < streams; seed++) {
      Score score =
          measure.measure(normal(60, 3, 0, 2 * seed), normal(45, 3, 0, 2 * seed + 1), seed);
      small += score.pValue().orElseThrow() < 0.1 ? 1 : 0;
    }

    // 20 are expected at most, with a deviation of 4.2.
    assertThat(small).isLessThan(34);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void dataNeverMakesItThrow(DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    double nan = Double.NaN;
    double[][] good = normal(30, 2, 0, 1);
    double[][] constant = {{1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}};
    double[][] holes = {{nan, 1}, {1, nan}, {nan, 3}, {2, nan}, {nan, nan}};
    double[][] extreme = {{1e300, 1}, {-1e300, 2}, {1e-300, 3}, {Double.POSITIVE_INFINITY, 4}};
    double[][] large = {{1e99, 1}, {-1e99, 2}, {1e99, 3}, {5, 4}, {7, 6}};
    double[][] column = {{nan, 1}, {nan, 2}, {nan, 0}, {nan, 4}, {nan, 2}};
    for (double[][] reference :
        List.of(good, constant, holes, extreme, large, column, new double[0][])) {
      for (double[][] current :
          List.of(good, constant, holes, extreme, large, column, new double[][] {{1, 2}})) {
        Score score = measure.measure(reference, current, 1);

        assertThat(score.value()).isFinite();
        score.pValue().ifPresent(pValue -> assertThat(pValue).isBetween(0.0, 1.0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void nothingToCompareIsNoDrift(DriftMetricSpec spec) {
    DriftMeasure measure = DriftMeasures.of(spec);
    double[][] constant = new double[40][3];
    double[][] less = new double[23][3];
    Score none = measure.measure(normal(30, 3, 0, 1), new double[0][], 1);
    Score equal = measure.measure(constant, less, 1);
    double ofNoDrift =
        spec instanceof DriftMetricSpec.Classifier
            ? 0.5
            : measure.direction() == Direction.LOW ? 1 : 0;

    assertThat(none.value()).isEqualTo(ofNoDrift);
    assertThat(none.columns()).isZero();
    assertThat(equal.value()).isCloseTo(ofNoDrift, within(1e-12));
    assertThat(equal.pValue().orElse(1)).isGreaterThan(0.2);
  }

  @ParameterizedTest
  @EnumSource
  void isSymmetricWhereTheDistanceIs(Distance distance) {
    DriftMeasure measure = DriftMeasures.of(univariate(distance, Aggregation.MEAN));
    double[][] reference = normal(100, 2, 0, 1);
    double[][] current = normal(80, 2, 1, 2);
    double there = value(measure, reference, current);
    double back = value(measure, current, reference);

    if (SYMMETRIC.contains(distance) && !distance.isBinned()) {
      assertThat(back).isCloseTo(there, within(1e-12));
    }
    // Few values are bins of their own, the same ones both ways.
    double[][] dice = rounded(reference);
    double[][] otherDice = rounded(current);
    if (SYMMETRIC.contains(distance)) {
      assertThat(value(measure, dice, otherDice))
          .isCloseTo(value(measure, otherDice, dice), within(1e-12));
    }
  }

  @Test
  void ofOneColumnItIsTheDistanceItself() {
    double[] x = column(normal(200, 1, 0, 1));
    double[] y = column(normal(150, 1, 0.5, 2));
    Binned binned = Binned.evidently(x, y);

    assertThat(ofColumn(Distance.KS, x, y))
        .isEqualTo(
            KolmogorovSmirnov.test(x, y, Alternative.TWO_SIDED, PValueMethod.ASYMPTOTIC)
                .statistic());
    assertThat(ofColumn(Distance.CRAMER_VON_MISES, x, y))
        .isEqualTo(CramerVonMises.test(x, y, PValueMethod.AUTO).statistic());
    assertThat(ofColumn(Distance.WASSERSTEIN, x, y))
        .isEqualTo(CdfDistances.normedWasserstein(x, y));
    assertThat(ofColumn(Distance.ENERGY, x, y)).isEqualTo(CdfDistances.energy(x, y));
    assertThat(ofColumn(Distance.HELLINGER, x, y))
        .isEqualTo(DiscreteDistances.hellinger(binned.reference(), binned.current()));
    assertThat(ofColumn(Distance.TOTAL_VARIATION, x, y))
        .isEqualTo(DiscreteDistances.totalVariation(binned.reference(), binned.current()));
    assertThat(ofColumn(Distance.JENSEN_SHANNON, x, y))
        .isEqualTo(DiscreteDistances.jensenShannonDistance(binned.reference(), binned.current()));
    Binned filled = binned.withoutZeros();
    assertThat(ofColumn(Distance.PSI, x, y))
        .isEqualTo(
            DiscreteDistances.populationStabilityIndex(filled.reference(), filled.current()));
    assertThat(ofColumn(Distance.KL, x, y))
        .isEqualTo(DiscreteDistances.kullbackLeibler(filled.reference(), filled.current()));
  }

  @Test
  void ranksAndCountsAreOnAScaleOfTheirOwn() {
    double[] low = {0, 0, 1, 1};
    double[] high = {2, 2, 3, 3, 3};

    assertThat(ofColumn(Distance.MANN_WHITNEY, low, high)).isEqualTo(1);
    assertThat(ofColumn(Distance.CHI_SQUARE, low, high)).isCloseTo(1, within(1e-12));
    assertThat(ofColumn(Distance.MANN_WHITNEY, low, low)).isZero();
    assertThat(ofColumn(Distance.CHI_SQUARE, low, low)).isZero();
  }

  @Test
  void mmdIsTheUnbiasedOneUnderTheReferencesMedianHeuristic() {
    double[][] x = normal(50, 4, 0, 1);
    double[][] y = normal(40, 4, 0.5, 2);

    assertThat(value(DriftMeasures.of(mmd(Optional.empty())), x, y))
        .isEqualTo(Mmd.unbiased(x, y, Mmd.medianSigma(x)));
  }

  @Test
  void aggregatesColumns() {
    double[][] reference = {{0, 0}, {1, 1}, {2, 2}, {3, 3}};
    double[][] current = {{0, 4}, {1, 5}, {2, 6}, {3, 7}};

    assertThat(
            value(DriftMeasures.of(univariate(Distance.KS, Aggregation.MEAN)), reference, current))
        .isEqualTo(0.5);
    assertThat(
            value(DriftMeasures.of(univariate(Distance.KS, Aggregation.MAX)), reference, current))
        .isEqualTo(1);
    DriftMeasure share =
        DriftMeasures.of(
            new DriftMetricSpec.Univariate(
                Distance.KS, Optional.empty(), Aggregation.SHARE, Optional.of(1.0)));
    assertThat(value(share, reference, current)).isEqualTo(0.5);
    // The p-value of two samples of four that do not overlap is 2 / 70; there are two columns.
    DriftMeasure corrected = DriftMeasures.of(univariate(Distance.KS, Aggregation.BONFERRONI));
    assertThat(value(corrected, reference, current)).isCloseTo(4.0 / 70, within(1e-12));
  }

  @Test
  void aColumnWithoutValuesDoesNotCostTheOthers() {
    double nan = Double.NaN;
    double[][] reference = {{0, nan}, {1, nan}, {2, nan}, {3, nan}};
    double[][] current = {{4, nan}, {5, nan}, {6, nan}, {7, 1}};
    Score columns =
        DriftMeasures.of(univariate(Distance.KS, Aggregation.MAX)).measure(reference, current, 1);
    Score rows = DriftMeasures.of(mmd(Optional.empty())).measure(reference, current, 1);

    assertThat(columns.value()).isEqualTo(1);
    assertThat(columns.columns()).isEqualTo(1);
    assertThat(rows.value()).isPositive();
    assertThat(rows.columns()).isEqualTo(1);
    assertThat(rows.currentRows()).isEqualTo(4);
  }

  @Test
  void standardizedScoresDoNotDependOnUnits() {
    double[][] x = normal(50, 2, 0, 1);
    double[][] y = normal(50, 2, 1, 2);
    DriftMeasure measure =
        DriftMeasures.of(
            new DriftMetricSpec.Mmd(Optional.of(1.0), Optional.empty(), /* standardize= */ true));

    assertThat(value(measure, scaled(x), scaled(y))).isCloseTo(value(measure, x, y), within(1e-9));
  }

  private static DriftMetricSpec univariate(Distance distance, Aggregation aggregation) {
    return new DriftMetricSpec.Univariate(
        distance, Optional.empty(), aggregation, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"EUCLIDEAN, 5", "CITYBLOCK, 7", "CHEBYSHEV, 4", "COSINE, 0.4"})
  void meansAreAsFarApartAsTheNormSays(DriftMetricSpec.Norm norm, double expected) {
    DriftMeasure measure =
        DriftMeasures.of(new DriftMetricSpec.MeanDistance(norm, /* standardize= */ false));
    double[][] reference = {{1, 0}, {-1, 0}, {0, 2}, {0, 4}};
    double[][] shifted = {{4, 5}, {2, 5}, {3, 6}, {3, 6}};
    double[][] turned = {{4, 3}, {4, 3}};

    double[][] current = norm == DriftMetricSpec.Norm.COSINE ? turned : shifted;
    assertThat(value(measure, reference, current)).isCloseTo(expected, within(1e-12));
  }

  private static DriftMetricSpec mmd(Optional<Integer> permutations) {
    return new DriftMetricSpec.Mmd(Optional.empty(), permutations, /* standardize= */ false);
  }

  private static DriftMetricSpec lsdd(Optional<Integer> centres) {
    return new DriftMetricSpec.Lsdd(Optional.empty(), centres, 0.2, 99, /* standardize= */ true);
  }

  private static double ofColumn(Distance distance, double[] x, double[] y) {
    return value(DriftMeasures.of(univariate(distance, Aggregation.MEAN)), rows(x), rows(y));
  }

  private static double value(DriftMeasure measure, double[][] reference, double[][] current) {
    return measure.measure(reference, current, 1).value();
  }

  private static double[][] normal(int rows, int columns, double mean, int seed) {
    Random random = new Random(seed);
    double[][] normal = new double[rows][columns];
    for (double[] row : normal) {
      Arrays.setAll(row, k -> mean + random.nextGaussian());
    }
    return normal;
  }

  private static double[][] rounded(double[][] rows) {
    return map(rows, (value, k) -> Math.rint(value));
  }

  private static double[][] scaled(double[][] rows) {
    return map(rows, (value, k) -> value * Math.pow(1000, k));
  }

  private interface Cell {
    double of(double value, int column);
  }

  private static double[][] map(double[][] rows, Cell cell) {
    double[][] mapped = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      mapped[i] = new double[row.length];
      Arrays.setAll(mapped[i], k -> cell.of(row[k], k));
    }
    return mapped;
  }

  private static double[] column(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
  }

  private static double[][] rows(double[] column) {
    return Arrays.stream(column).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
  }
}
