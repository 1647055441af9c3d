package dev.penstock.core.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which bin values fall into. */
final class BinnedTest {

  @Test
  void binsOfEqualWidthAreClosedBelowAndTheLastAbove() {
    Binned binned =
        Binned.equalWidth(new double[] {0, 1, 2, 4}, new double[] {3.99, 4}, /* bins= */ 4);

    assertThat(binned.reference()).containsExactly(0.25, 0.25, 0.25, 0.25);
    assertThat(binned.current()).containsExactly(0, 0, 0, 1);
  }

  @Test
  void fewDistinctValuesAreBinsOfTheirOwn() {
    Binned binned = Binned.evidently(new double[] {1, 1, 2, -0.0}, new double[] {0.0, 5});

    assertThat(binned.reference()).containsExactly(0.25, 0.5, 0.25, 0);
    assertThat(binned.current()).containsExactly(0.5, 0, 0, 0.5);
  }

  @Test
  void manyDistinctValuesFallIntoSturgesBins() {
    double[] reference = IntStream.range(0, 21).asDoubleStream().toArray();
    double[] current = IntStream.range(0, 43).asDoubleStream().toArray();

    // 64 values in all: log2 + 1 = 7 bins over [0, 42].
    Binned binned = Binned.evidently(reference, current);

    assertThat(binned.reference()).hasSize(7);
    assertThat(binned.reference()[0]).isEqualTo(6.0 / 21);
    assertThat(binned.current()[6]).isEqualTo(7.0 / 43);
    assertThat(Arrays.stream(binned.current()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aConstantIsOneBin() {
    assertThat(Binned.distinctSturges(new double[] {7, 7}, new double[] {7}).reference())
        .containsExactly(1);
    assertThat(Binned.equalWidth(new double[] {7}, new double[] {7}, 2).current())
        .containsExactly(0, 1);
  }

  @Test
  void categoriesAreBinsWhereverTheyAppear() {
    String[] reference = {"b", "a", "b"};
    String[] current = {"a", "c"};

    assertThat(Binned.counts(reference, current))
        .isDeepEqualTo(new long[][] {{2, 1, 0}, {0, 1, 1}});
    assertThat(Binned.categories(reference, current).current()).containsExactly(0, 0.5, 0.5);
    assertThat(Binned.categories(new long[] {5, 3}, new long[] {5}).current())
        .containsExactly(0, 1);
  }

  @Test
  void emptyBinsAreFilledWithLessThanTheSmallest() {
    Binned common = new Binned(new double[] {0, 1}, new double[] {0.5, 0.5}).withoutZeros();
    Binned rare =
        new Binned(new double[] {0, 0.0001, 0.9999}, new double[] {1, 0, 0}).withoutZeros();

    assertThat(common.reference()).containsExactly(1e-4, 1);
    assertThat(common.current()).containsExactly(0.5, 0.5);
    assertThat(rare.reference()[0]).isCloseTo(1e-10, within(1e-20));
  }

  @Test
  void refusesWhatHasNoBin() {
    double[] some = {1};
    assertThatThrownBy(() -> Binned.evidently(some, new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("current must be finite, got NaN");
    assertThatThrownBy(() -> Binned.distinctSturges(new double[] {Double.POSITIVE_INFINITY}, some))
        .hasMessage("reference must be finite, got Infinity");
    assertThatThrownBy(() -> Binned.equalWidth(some, some, 0))
        .hasMessage("bins must be positive, got 0");
    assertThatThrownBy(() -> Binned.equalWidth(some, new double[0], 3))
        .hasMessage("current must have at least 1 values, got 0");
    assertThatThrownBy(() -> Binned.counts(new String[0], new String[] {"a"}))
        .hasMessage("reference must have at least 1 values, got 0");
  }
}
