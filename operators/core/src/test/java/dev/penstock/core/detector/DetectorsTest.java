package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Detectors as declared. */
final class DetectorsTest {

  private static final long SEED = 5;

  /** The same as declared and as the class has it; KSWIN's seed is not its default. */
  private static final Map<DetectorSpec, ErrorDetector> DEFAULTS =
      Map.of(
          DetectorSpec.Adwin.DEFAULTS, new Adwin(Adwin.Settings.DEFAULTS).onErrors(),
          DetectorSpec.Ddm.DEFAULTS, new Ddm(Ddm.Settings.DEFAULTS),
          DetectorSpec.Eddm.DEFAULTS, new Eddm(Eddm.Settings.DEFAULTS),
          DetectorSpec.Rddm.DEFAULTS, new Rddm(Rddm.Settings.DEFAULTS),
          DetectorSpec.HddmA.DEFAULTS, new HddmA(HddmA.Settings.DEFAULTS).onErrors(),
          DetectorSpec.HddmW.DEFAULTS, new HddmW(HddmW.Settings.DEFAULTS).onErrors(),
          DetectorSpec.PageHinkley.DEFAULTS,
              new PageHinkley(PageHinkley.Settings.DEFAULTS).onErrors(),
          DetectorSpec.Cusum.DEFAULTS, new Cusum(Cusum.Settings.DEFAULTS).onErrors(),
          DetectorSpec.Kswin.DEFAULTS,
              new Kswin(new Kswin.Settings(0.005, 100, 30, SEED, AfterDrift.KEEP_NEWER)).onErrors(),
          DetectorSpec.Stepd.DEFAULTS, new Stepd(Stepd.Settings.DEFAULTS));

  static Stream<DetectorSpec> specs() {
    return DEFAULTS.keySet().stream();
  }

  @Test
  void everyDetectorCanBeDeclared() {
    Stream<Class<?>> kinds =
        Stream.concat(
            Arrays.stream(DetectorSpec.OfErrors.class.getPermittedSubclasses()),
            Arrays.stream(DetectorSpec.OfValues.class.getPermittedSubclasses()));

    assertThat(specs().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(kinds.toList());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void declaredDefaultsAreThoseOfTheClass(DetectorSpec spec) {
    double[] stream = Streams.errors(2, 600, 0.1, 0.4, 0.15, 0.8, 0.2);
    ErrorDetector ofClass = DEFAULTS.getOrDefault(spec, new Ddm(Ddm.Settings.DEFAULTS));
    ofClass.reset();

    assertThat(said(Detectors.errors(spec, SEED), stream)).isEqualTo(said(ofClass, stream));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void goesOnExactlyFromWhereverItsStateIsCut(DetectorSpec spec) throws IOException {
    double[] stream = Streams.errors(3, 500, 0.1, 0.5, 0.2, 0.9, 0.05, 0.3);
    List<Status> undisturbed = said(Detectors.errors(spec, SEED), stream);
    Random random = new Random(17);
    for (int round = 0; round < 20; round++) {
      ErrorDetector running = Detectors.errors(spec, SEED);
      List<Status> said = new ArrayList<>();
      for (double value : stream) {
        if (random.nextInt(100) == 0) {
          running = restored(running, spec);
        }
        said.add(running.add(value == 1));
      }
      assertThat(said).isEqualTo(undisturbed);
    }
  }

  @Test
  void constantsOfSpecsAreThoseOfTheClasses() {
    assertThat(names(DetectorSpec.Side.values())).isEqualTo(names(Side.values()));
    assertThat(names(DetectorSpec.AfterDrift.values())).isEqualTo(names(AfterDrift.values()));
    assertThat(names(DetectorSpec.Decrease.values())).isEqualTo(names(Decrease.values()));
    assertThat(names(DetectorSpec.Origin.values())).isEqualTo(names(PageHinkley.Origin.values()));
    assertThat(names(DetectorSpec.Reading.values())).isEqualTo(names(Stepd.Reading.values()));
  }

  @Test
  void kswinDrawsByTheSeed() {
    double[] stream = Streams.errors(4, 3000, 0.3, 0.4);

    assertThat(said(Detectors.errors(DetectorSpec.Kswin.DEFAULTS, 1), stream))
        .isEqualTo(said(Detectors.errors(DetectorSpec.Kswin.DEFAULTS, 1), stream))
        .isNotEqualTo(said(Detectors.errors(DetectorSpec.Kswin.DEFAULTS, 2), stream));
  }

  @Test
  void detectorsOfValuesSeeTheirLevelMove() {
    double[] stream = Streams.normal(1, 1000, 1, 100, 105);
    for (DetectorSpec spec : DEFAULTS.keySet()) {
      if (spec instanceof DetectorSpec.OfValues ofValues) {
        assertThat(Streams.drifts(Detectors.values(ofValues, SEED), stream))
            .as(spec.toString())
            .anyMatch(at -> at >= 1000 && at < 1100);
      }
    }
  }

  /** As the page about it says; there is a test a value, so that a level of 0.005 is not low. */
  @Test
  void kswinAlarmsRarelyAtALowLevelAndStillSeesTheSpreadGrow() {
    DetectorSpec.Kswin careful =
        new DetectorSpec.Kswin(0.0001, 1000, 300, DetectorSpec.AfterDrift.FORGET);
    int alarms = 0;
    int carefulAlarms = 0;
    for (long seed = 0; seed < 5; seed++) {
      double[] still = Streams.normal(seed, 10_000, 1, 0);
      alarms += Streams.drifts(Detectors.values(DetectorSpec.Kswin.DEFAULTS, seed), still).size();
      ValueDetector detector = Detectors.values(careful, seed);
      carefulAlarms += Streams.drifts(detector, still).size();

      assertThat(Streams.drifts(detector, Streams.normal(seed, 400, 2, 0))).isNotEmpty();
    }
    assertThat(alarms).isBetween(40, 120);
    assertThat(carefulAlarms).isLessThan(8);
  }

  private static ErrorDetector restored(ErrorDetector running, DetectorSpec spec)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    running.write(new DataOutputStream(bytes));
    ErrorDetector restored = Detectors.errors(spec, SEED);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return restored;
  }

  private static List<Status> said(ErrorDetector detector, double[] stream) {
    return Arrays.stream(stream).mapToObj(value -> detector.add(value == 1)).toList();
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
