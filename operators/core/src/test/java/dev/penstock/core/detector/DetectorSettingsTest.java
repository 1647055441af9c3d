package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that make no sense are refused, each with its name and value. */
final class DetectorSettingsTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("delta must be in (0, 1), got 2.0", () -> adwin(2, 32, 5)),
        refused("delta must be in (0, 1), got NaN", () -> adwin(Double.NaN, 32, 5)),
        refused("clock must be at least 1, got 0", () -> adwin(0.1, 0, 5)),
        refused("maxBuckets must be at least 2, got 1", () -> adwin(0.1, 32, 1)),
        refused("minSamples must be at least 1, got 0", () -> new Ddm.Settings(0, 2, 3)),
        refused(
            "driftLevel must be above warningLevel 3.0, got 2.0", () -> new Ddm.Settings(30, 3, 2)),
        refused(
            "warningRatio must be in (0, 1], got 1.5", () -> new Eddm.Settings(30, 30, 1.5, 0.9)),
        refused(
            "warningRatio must be above driftRatio 0.95, got 0.9",
            () -> new Eddm.Settings(30, 30, 0.9, 0.95)),
        refused(
            "maxConcept must be above minConcept 100, got 100",
            () -> new Rddm.Settings(30, 2, 3, 100, 100, 10)),
        refused(
            "warning must be above drift 0.1, got 0.05",
            () -> new HddmA.Settings(0.1, 0.05, Decrease.IGNORE)),
        refused(
            "lambda must be in (0, 1), got 1.0",
            () -> new HddmW.Settings(0.001, 0.005, 1, Decrease.IGNORE)),
        refused(
            "window must be at least 1, got 0",
            () -> new Stepd.Settings(0, 0.003, 0.05, Stepd.Reading.SIGNED)),
        refused(
            "alpha must be in (0, 1], got 0.0",
            () ->
                new PageHinkley.Settings(30, 0.005, 50, 0, Side.BOTH, PageHinkley.Origin.EXTREME)),
        refused(
            "threshold must be positive and finite, got -1.0",
            () -> new PageHinkley.Settings(30, 0.005, -1, 1, Side.BOTH, PageHinkley.Origin.ZERO)),
        refused(
            "delta must be finite and not negative, got -0.1",
            () -> new Cusum.Settings(30, -0.1, 50)),
        refused(
            "window must be at least 60, got 59",
            () -> new Kswin.Settings(0.01, 59, 30, 0, AfterDrift.FORGET)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithNameAndValue(String message, ThrowingCallable settings) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static Arguments refused(String message, ThrowingCallable settings) {
    return Arguments.of(message, settings);
  }

  private static Adwin.Settings adwin(double delta, int clock, int maxBuckets) {
    return new Adwin.Settings(delta, clock, maxBuckets, 5, 10, Side.BOTH, AfterDrift.FORGET);
  }
}
