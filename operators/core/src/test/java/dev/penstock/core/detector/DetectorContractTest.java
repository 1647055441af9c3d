package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all detectors promise. */
final class DetectorContractTest {

  /** All of them, also with settings that bring every branch of their state about. */
  private static final Map<String, Supplier<Detector>> DETECTORS = detectors();

  private static Map<String, Supplier<Detector>> detectors() {
    Map<String, Supplier<Detector>> all = new LinkedHashMap<>();
    all.put("ddm", () -> new Ddm(Ddm.Settings.DEFAULTS));
    all.put("eddm", () -> new Eddm(Eddm.Settings.DEFAULTS));
    all.put("rddm", () -> new Rddm(Rddm.Settings.DEFAULTS));
    all.put("rddm, short", () -> new Rddm(new Rddm.Settings(20, 1.5, 2.5, 150, 70, 30)));
    all.put("stepd", () -> new Stepd(Stepd.Settings.DEFAULTS));
    all.put(
        "stepd, magnitude",
        () -> new Stepd(new Stepd.Settings(70, 0.003, 0.05, Stepd.Reading.MAGNITUDE)));
    all.put("adwin", () -> new Adwin(Adwin.Settings.DEFAULTS));
    all.put(
        "adwin, kept",
        () ->
            new Adwin(new Adwin.Settings(0.05, 3, 2, 1, 1, Side.DECREASE, AfterDrift.KEEP_NEWER)));
    all.put("cusum", () -> new Cusum(new Cusum.Settings(30, 0.005, 8)));
    for (Decrease decrease : Decrease.values()) {
      all.put("hddm-a, " + decrease, () -> new HddmA(new HddmA.Settings(0.001, 0.005, decrease)));
      all.put(
          "hddm-w, " + decrease, () -> new HddmW(new HddmW.Settings(0.001, 0.005, 0.05, decrease)));
    }
    for (AfterDrift after : AfterDrift.values()) {
      all.put("kswin, " + after, () -> new Kswin(new Kswin.Settings(0.001, 100, 30, 7, after)));
    }
    for (PageHinkley.Origin origin : PageHinkley.Origin.values()) {
      all.put(
          "page-hinkley, " + origin,
          () -> new PageHinkley(new PageHinkley.Settings(30, 0.005, 8, 0.999, Side.BOTH, origin)));
    }
    all.put("adwin on errors", () -> new Adwin(Adwin.Settings.DEFAULTS).onErrors());
    return all;
  }

  static Stream<String> names() {
    return DETECTORS.keySet().stream();
  }

  private static Detector detector(String name) {
    return DETECTORS.getOrDefault(name, () -> new Ddm(Ddm.Settings.DEFAULTS)).get();
  }

  @Test
  void everyDetectorIsHere() {
    Set<Class<?>> here =
        DETECTORS.values().stream().map(made -> made.get().getClass()).collect(Collectors.toSet());

    assertThat(here).contains(ErrorDetector.class.getPermittedSubclasses());
    assertThat(here).contains(ValueDetector.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("names")
  void goesOnBitForBitFromWhereverItIsStored(String name) throws IOException {
    double[] stream = Streams.errors(3, 500, 0.1, 0.5, 0.2, 0.9, 0.05, 0.3);
    List<String> undisturbed = said(detector(name), stream);
    Random random = new Random(11);
    for (int round = 0; round < 40; round++) {
      Detector running = detector(name);
      List<String> said = new ArrayList<>();
      for (double value : stream) {
        if (random.nextInt(round < 30 ? 300 : 20) == 0) {
          Detector restored = detector(name);
          // What was there before must not show.
          Streams.drifts(restored, Streams.errors(round, 170, 0.3, 0.8));
          byte[] state = state(running);
          restored.read(new DataInputStream(new ByteArrayInputStream(state)));
          assertThat(state(restored)).isEqualTo(state);
          running = restored;
        }
        said.add(said(running, value));
      }
      assertThat(said).isEqualTo(undisturbed);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAsNewAfterReset(String name) {
    double[] stream = Streams.errors(5, 400, 0.1, 0.6, 0.2);
    Detector used = detector(name);
    Streams.drifts(used, Streams.errors(6, 333, 0.2, 0.7));

    used.reset();

    assertThat(used.estimate()).isZero();
    assertThat(said(used, stream)).isEqualTo(said(detector(name), stream));
  }

  @ParameterizedTest
  @MethodSource("names")
  void seesErrorsBecomeManyMore(String name) {
    int change = 2000;
    int seen = 0;
    for (int seed = 0; seed < 20; seed++) {
      double[] stream = Streams.errors(seed, change, 0.05, 0.8);
      boolean early =
          Streams.drifts(detector(name), stream).stream()
              .anyMatch(at -> at >= change && at < change + 200);
      seen += early ? 1 : 0;
    }
    if (name.equals("adwin, kept")) {
      assertThat(seen).as("watches decreases only").isLessThan(20);
    } else {
      assertThat(seen).isGreaterThanOrEqualTo(19);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void isStableOnAConstantStream(String name) {
    if (name.equals("stepd, magnitude")) {
      return; // Documented: no variance at all is a drift to it.
    }
    for (double level : new double[] {0, 1}) {
      double[] stream = new double[3000];
      Arrays.fill(stream, level);

      assertThat(Streams.drifts(detector(name), stream)).isEmpty();
      assertThat(Streams.at(Status.WARNING, detector(name), stream)).isEmpty();
    }
  }

  @Test
  void keepsLittleOfALongStream() throws IOException {
    double[] stream = Streams.errors(1, 100_000, 0.2);
    for (Map.Entry<String, Supplier<Detector>> entry : DETECTORS.entrySet()) {
      Detector detector = entry.getValue().get();
      Streams.drifts(detector, stream);

      // The most is ADWIN's 5 buckets of 16 bytes for each of 17 rows, KSWIN's 100 values, and
      // RDDM's 7000 bits.
      assertThat(state(detector).length).as(entry.getKey()).isLessThan(1_700);
    }
  }

  @Test
  void refusesValuesThatWouldBlindIt() {
    for (Supplier<Detector> made : DETECTORS.values()) {
      if (made.get() instanceof ValueDetector detector) {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> detector.add(value))
              .withMessageMatching("value must be (finite|in \\[0, 1\\]), got " + value);
        }
      }
    }
  }

  @Test
  void refusesTheStateOfOtherSizes() throws IOException {
    Stepd stepd = new Stepd(new Stepd.Settings(20, 0.003, 0.05, Stepd.Reading.SIGNED));
    byte[] state = state(new Stepd(Stepd.Settings.DEFAULTS));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> stepd.read(new DataInputStream(new ByteArrayInputStream(state))))
        .withMessage("answers kept must be the 30 of the state, got 20");
  }

  private static List<String> said(Detector detector, double[] stream) {
    List<String> said = new ArrayList<>();
    for (double value : stream) {
      said.add(said(detector, value));
    }
    return said;
  }

  private static String said(Detector detector, double value) {
    Status status = Streams.add(detector, value);
    return status + " " + Double.doubleToRawLongBits(detector.estimate());
  }

  private static byte[] state(Detector detector) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    detector.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
