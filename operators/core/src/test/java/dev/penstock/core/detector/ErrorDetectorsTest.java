package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Detectors of errors on streams small enough to follow by hand. */
final class ErrorDetectorsTest {

  @Test
  void ddmWarnsBeforeItSaysDriftAndThenStartsAnew() {
    Ddm ddm = new Ddm(Ddm.Settings.DEFAULTS);
    double[] stream = Streams.errors(4, 3000, 0.1, 0.2);

    int drift = Streams.drifts(ddm, stream).get(0);
    assertThat(drift).isGreaterThan(3000);
    ddm.reset();
    assertThat(Streams.at(Status.WARNING, ddm, stream)).anyMatch(at -> at < drift && at > 3000);
  }

  @Test
  void aDetectorCanBeAskedWhatItSawUntilTheNextSample() {
    Ddm ddm = new Ddm(Ddm.Settings.DEFAULTS);
    for (int i = 0; i < 100; i++) {
      assertThat(ddm.add(i % 10 == 9)).isEqualTo(Status.STABLE);
    }
    int wrong = 10;
    while (ddm.add(/* error= */ true) != Status.DRIFT) {
      wrong++;
    }
    wrong++;

    assertThat(ddm.estimate()).isCloseTo((double) wrong / (wrong + 90), within(1e-12));
    assertThat(ddm.add(/* error= */ false)).isEqualTo(Status.STABLE);
    assertThat(ddm.estimate()).isZero();
  }

  @Test
  void eddmEstimatesTheDistanceOfErrors() {
    Eddm eddm = new Eddm(Eddm.Settings.DEFAULTS);
    for (int i = 1; i <= 900; i++) {
      assertThat(eddm.add(i % 9 == 0)).isEqualTo(Status.STABLE);
    }

    assertThat(eddm.estimate()).isEqualTo(9);
  }

  /** Once every 9 answers, then once every 3: the mean distance falls below 90 % of 9. */
  @Test
  void eddmSaysDriftWhereErrorsComeCloser() {
    Eddm eddm = new Eddm(Eddm.Settings.DEFAULTS);
    List<Status> said = new ArrayList<>();
    for (int i = 1; i <= 900; i++) {
      eddm.add(i % 9 == 0);
    }
    for (int i = 1; i <= 600; i++) {
      said.add(eddm.add(i % 3 == 0));
    }

    assertThat(said).contains(Status.DRIFT);
  }

  @Test
  void rddmTakesALongWarningForADrift() {
    Rddm.Settings settings = new Rddm.Settings(30, 1.5, 50, 40_000, 7_000, 25);
    Rddm rddm = new Rddm(settings);
    for (int i = 0; i < 1000; i++) {
      rddm.add(i % 20 == 19);
    }
    List<Status> said = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      said.add(rddm.add(i % 2 == 0));
    }

    int drift = said.indexOf(Status.DRIFT);
    assertThat(said.subList(drift - 25, drift)).containsOnly(Status.WARNING);
    assertThat(said.get(drift - 26)).isEqualTo(Status.STABLE);
  }

  /** After 1000 stable answers RDDM knows its last 200 only, DDM all of them. */
  @Test
  void rddmForgetsAllButTheLastOfALongConcept() {
    Rddm rddm = new Rddm(new Rddm.Settings(30, 1.773, 2.258, 1_000, 200, 1_400));
    for (int i = 0; i < 800; i++) {
      assertThat(rddm.add(i % 4 == 3)).isEqualTo(Status.STABLE);
    }
    for (int i = 800; i < 1000; i++) {
      assertThat(rddm.add(i % 10 == 9)).isEqualTo(Status.STABLE);
    }
    assertThat(rddm.estimate()).isCloseTo(0.22, within(1e-12));

    rddm.add(/* error= */ false);

    assertThat(rddm.estimate()).isCloseTo(20 / 201.0, within(1e-12));
  }

  @Test
  void stepdIsNoAlarmForAPerfectModelUnlessReadByMagnitude() {
    double[] perfect = new double[600];
    Stepd.Settings settings = new Stepd.Settings(30, 0.003, 0.05, Stepd.Reading.MAGNITUDE);

    assertThat(Streams.drifts(new Stepd(Stepd.Settings.DEFAULTS), perfect)).isEmpty();
    assertThat(Streams.drifts(new Stepd(settings), perfect)).contains(59, 119, 599);
  }

  /** 3 errors in 60 answers, then 8 in 30: z = (|3/60 - 8/30| - 1/40) / sqrt(11/90 79/90 / 20). */
  @Test
  void stepdTestsProportions() {
    double z = (8 / 30.0 - 3 / 60.0 - 1 / 40.0) / Math.sqrt(11 / 90.0 * (79 / 90.0) / 20);
    double probability = Normal.twoSidedTail(z);
    for (boolean exceeds : new boolean[] {true, false}) {
      double drift = probability * (exceeds ? 1.001 : 0.999);
      Stepd stepd = new Stepd(new Stepd.Settings(30, drift, 0.9, Stepd.Reading.SIGNED));
      Status last = Status.STABLE;
      for (int i = 0; i < 90; i++) {
        last = stepd.add(i < 60 ? i % 20 == 0 : i >= 82);
      }

      assertThat(last).isEqualTo(exceeds ? Status.DRIFT : Status.WARNING);
      assertThat(stepd.estimate()).isCloseTo(8 / 30.0, within(1e-12));
    }
  }

  /** scipy 1.17.1, 2 * norm.sf(z). */
  @Test
  void normalTailsAreThoseOfScipy() {
    double[][] tails = {
      {0, 1},
      {0.5, 0.6170750774519738},
      {1.959963984540054, 0.05},
      {2.9, 0.003731626600768075},
      {3.1, 0.0019352064264367126},
      {8, 1.244192114854348e-15},
      {20, 5.507248237212311e-89},
      {Double.POSITIVE_INFINITY, 0}
    };
    for (double[] tail : tails) {
      assertThat(Normal.twoSidedTail(tail[0])).isCloseTo(tail[1], within(1e-13 * tail[1]));
      assertThat(Normal.twoSidedTail(-tail[0])).isEqualTo(Normal.twoSidedTail(tail[0]));
    }
  }
}
