package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.detector.PageHinkley.Origin;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Detectors of a level: their sides, and bounds that hold for any distribution. */
final class ValueDetectorsTest {

  @Test
  void pageHinkleySeesTheMirroredStreamFromTheOtherSide() {
    double[] up = Streams.normal(1, 700, 1, 0, 1.5);
    double[] down = Arrays.stream(up).map(value -> -value).toArray();
    for (Origin origin : Origin.values()) {
      List<Integer> drifts = Streams.drifts(pageHinkley(0.999, Side.INCREASE, origin), up);

      assertThat(drifts).isNotEmpty();
      assertThat(Streams.drifts(pageHinkley(0.999, Side.DECREASE, origin), down)).isEqualTo(drifts);
      assertThat(Streams.drifts(pageHinkley(0.999, Side.DECREASE, origin), up)).isEmpty();
    }
  }

  @Test
  void pageHinkleySeesBothSides() {
    double[] stream = Streams.normal(1, 700, 1, 0, 3, 0);

    assertThat(Streams.drifts(pageHinkley(0.999, Side.BOTH, Origin.EXTREME), stream))
        .anyMatch(at -> at >= 700 && at < 800)
        .anyMatch(at -> at >= 1400 && at < 1500);
  }

  @Test
  void pageHinkleysOriginsAreTheSameIfNothingIsForgotten() {
    for (int seed = 0; seed < 20; seed++) {
      double[] stream = Streams.errors(seed, 500, 0.2, 0.5, 0.1);

      assertThat(Streams.drifts(pageHinkley(1, Side.BOTH, Origin.ZERO), stream))
          .isEqualTo(Streams.drifts(pageHinkley(1, Side.BOTH, Origin.EXTREME), stream));
    }
  }

  /** The mean lags behind a constant rise by 1: the sum grows by about as much a value. */
  @Test
  void cusumSumsWhatExceedsTheMean() {
    Cusum cusum = new Cusum(new Cusum.Settings(10, 0.5, 20));
    for (int i = 0; i < 100_000; i++) {
      assertThat(cusum.add(2)).isEqualTo(Status.STABLE);
    }
    int values = 1;
    while (cusum.add(3) != Status.DRIFT) {
      values++;
    }

    assertThat(values).isEqualTo(41);
    assertThat(cusum.estimate()).isCloseTo(2, within(0.001));
  }

  @Test
  void hddmSeesADecreaseAsItIsToldTo() {
    double[] better = Streams.errors(2, 1000, 0.6, 0.1);
    double[] better2 = Streams.errors(2, 1000, 0.6, 0.1, 0.3);
    for (boolean average : new boolean[] {true, false}) {
      assertThat(Streams.drifts(hddm(average, Decrease.DETECT), better))
          .anyMatch(at -> at >= 1000 && at < 1050);
      assertThat(Streams.drifts(hddm(average, Decrease.IGNORE), better)).isEmpty();
      assertThat(Streams.drifts(hddm(average, Decrease.RESET), better)).isEmpty();
      // Only who has taken notice of the better rate sees that it is lost.
      assertThat(Streams.drifts(hddm(average, Decrease.RESET), better2)).anyMatch(at -> at >= 2000);
    }
    assertThat(Streams.drifts(hddm(/* average= */ true, Decrease.IGNORE), better2)).isEmpty();
  }

  @Test
  void hddmASeesTheMirroredStreamFromTheOtherSide() {
    double[] stream = Streams.errors(7, 500, 0.3, 0.8, 0.2, 0.4);
    double[] mirrored = Arrays.stream(stream).map(value -> 1 - value).toArray();

    assertThat(Streams.drifts(hddm(/* average= */ true, Decrease.DETECT), mirrored))
        .isEqualTo(Streams.drifts(hddm(/* average= */ true, Decrease.DETECT), stream))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void hddmEstimatesFromTheCutOnAfterADrift() {
    HddmA hddm = new HddmA(HddmA.Settings.DEFAULTS);
    for (int i = 0; i < 300; i++) {
      hddm.add(0);
    }
    while (hddm.add(1) != Status.DRIFT) {
      assertThat(hddm.estimate()).isLessThan(0.1);
    }

    assertThat(hddm.estimate()).isEqualTo(1);
    hddm.add(0);
    assertThat(hddm.estimate()).isEqualTo(1);
  }

  /** Hoeffding's bound is for one test; at a test a value, alarms stay rare nevertheless. */
  @Test
  void hddmSeldomSaysDriftWhereNothingChanges() {
    int alarms = 0;
    for (int seed = 0; seed < 100; seed++) {
      double[] stream = Streams.errors(seed, 1000, 0.3);
      alarms += Streams.drifts(hddm(/* average= */ true, Decrease.DETECT), stream).size();
    }

    assertThat(alarms).isLessThan(20);
  }

  private static PageHinkley pageHinkley(double alpha, Side side, Origin origin) {
    return new PageHinkley(new PageHinkley.Settings(30, 0.005, 25, alpha, side, origin));
  }

  private static ValueDetector hddm(boolean average, Decrease decrease) {
    return average
        ? new HddmA(new HddmA.Settings(0.001, 0.005, decrease))
        : new HddmW(new HddmW.Settings(0.001, 0.005, 0.05, decrease));
  }
}
