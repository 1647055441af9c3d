package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** KSWIN's test, and what it sees whatever it draws. */
final class KswinTest {

  /** scipy 1.17.1, ks_2samp(..., method="exact"). */
  @Test
  void probabilityIsThatOfScipy() {
    assertThat(Kswin.probability(30, 17)).isCloseTo(8.737803591291227e-05, within(1e-16));
    assertThat(Kswin.probability(30, 10)).isCloseTo(0.07088798787114439, within(1e-14));
    assertThat(Kswin.probability(100, 20)).isCloseTo(0.03638428787491733, within(1e-13));
    assertThat(Kswin.probability(5, 5)).isCloseTo(2.0 / 252, within(1e-16));
    assertThat(Kswin.probability(5, 1)).isCloseTo(1, within(1e-15));
  }

  /** Every order of two samples of five values is as likely. */
  @Test
  void probabilityIsTheShareOfOrders() {
    int r = 5;
    int[] atLeast = new int[r + 1];
    int orders = 0;
    for (int mask = 0; mask < (1 << (2 * r)); mask++) {
      if (Integer.bitCount(mask) == r) {
        orders++;
        int walk = 0;
        int farthest = 0;
        for (int i = 0; i < 2 * r; i++) {
          walk += ((mask >> i) & 1) == 1 ? 1 : -1;
          farthest = Math.max(farthest, Math.abs(walk));
        }
        for (int h = 1; h <= farthest; h++) {
          atLeast[h]++;
        }
      }
    }
    for (int h = 1; h <= r; h++) {
      assertThat(Kswin.probability(r, h)).isCloseTo((double) atLeast[h] / orders, within(1e-14));
    }
  }

  @Test
  void seesAChangeOfTheMeanWhateverItDraws() {
    for (int seed = 0; seed < 50; seed++) {
      double[] stream = Streams.normal(seed, 500, 1, 0, 4);

      assertThat(Streams.drifts(kswin(1e-4, seed), stream)).anyMatch(at -> at >= 505 && at < 535);
    }
  }

  @Test
  void seesAChangeOfTheSpreadAlone() {
    double[] stream =
        DoubleStream.concat(
                Arrays.stream(Streams.normal(1, 500, 1, 0)),
                Arrays.stream(Streams.normal(2, 500, 12, 0)))
            .toArray();

    assertThat(Streams.drifts(kswin(1e-3, 1), stream)).anyMatch(at -> at >= 500 && at < 600);
  }

  @Test
  void falseAlarmsAreAboutAsRareAsAlpha() {
    int alarms = 0;
    for (int seed = 0; seed < 20; seed++) {
      alarms += Streams.drifts(kswin(1e-3, seed), Streams.normal(seed, 5000, 1, 0)).size();
    }

    // A test a value, 100 000 in all; each at most alpha, and many draws share their values.
    assertThat(alarms).isBetween(1, 100);
  }

  @Test
  void drawsDifferBySeed() {
    double[] stream = Streams.normal(1, 200, 1, 0, 0.7, 0, 0.7, 0, 0.7);

    assertThat(Streams.drifts(kswin(0.05, 1), stream))
        .isEqualTo(Streams.drifts(kswin(0.05, 1), stream))
        .isNotEqualTo(Streams.drifts(kswin(0.05, 2), stream));
  }

  @Test
  void goesOnWithTheLastValuesAfterADrift() {
    Kswin kswin = kswin(1e-4, 1);
    double[] stream = Streams.normal(1, 300, 0.1, 0, 5);

    assertThat(Streams.drifts(kswin, stream)).hasSizeBetween(1, 3);
    assertThat(kswin.estimate()).isCloseTo(5, within(0.2));
  }

  /** A rise without end is a drift whenever the window is full: at 100 values, or 70 more. */
  @Test
  void isDeafUntilItsWindowIsFullAgain() {
    double[] rise = IntStream.range(0, 1000).asDoubleStream().toArray();
    Kswin forgets = new Kswin(new Kswin.Settings(1e-4, 100, 30, 1, AfterDrift.FORGET));

    assertThat(Streams.drifts(kswin(1e-4, 1), rise)).startsWith(99, 169, 239);
    assertThat(Streams.drifts(forgets, rise)).startsWith(99, 199, 299);
  }

  private static Kswin kswin(double alpha, long seed) {
    return new Kswin(new Kswin.Settings(alpha, 100, 30, seed, AfterDrift.KEEP_NEWER));
  }
}
