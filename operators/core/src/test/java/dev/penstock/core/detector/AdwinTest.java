package dev.penstock.core.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** ADWIN beside its paper's guarantees. */
final class AdwinTest {

  private static final Adwin.Settings KEEPING =
      new Adwin.Settings(0.002, 32, 5, 5, 10, Side.BOTH, AfterDrift.KEEP_NEWER);

  @Test
  void windowHasMeanAndVarianceOfItsValues() {
    for (double[] stream :
        new double[][] {
          Streams.normal(1, 3000, 2, 5), Streams.normal(2, 1500, 0.1, 0, 1, 0, 4), {1, 2, 3}
        }) {
      Adwin adwin = new Adwin(KEEPING);
      Streams.drifts(adwin, stream);

      int width = (int) adwin.width();
      double[] window = Arrays.copyOfRange(stream, stream.length - width, stream.length);
      double mean = Arrays.stream(window).average().orElseThrow();
      double variance =
          Arrays.stream(window).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
      assertThat(adwin.estimate()).isCloseTo(mean, within(1e-9));
      assertThat(adwin.total()).isCloseTo(mean * width, within(1e-9 * width));
      assertThat(adwin.variance()).isCloseTo(variance, within(1e-9));
    }
  }

  @Test
  void windowGrowsWhereNothingChanges() {
    Adwin adwin = new Adwin(KEEPING);

    assertThat(Streams.drifts(adwin, Streams.errors(1, 50_000, 0.3))).isEmpty();
    assertThat(adwin.width()).isEqualTo(50_000);
  }

  @Test
  void windowIsCutNearTheChange() {
    Adwin adwin = new Adwin(KEEPING);

    assertThat(Streams.drifts(adwin, Streams.normal(1, 5000, 1, 0, 2))).isNotEmpty();
    assertThat(adwin.width()).isBetween(4000L, 5200L);
    assertThat(adwin.estimate()).isCloseTo(2, within(0.1));
  }

  /** The paper's bound on false alarms is delta; the looks at the window are not independent. */
  @Test
  void falseAlarmsAreRarerThanDelta() {
    Adwin.Settings settings = new Adwin.Settings(0.05, 32, 5, 5, 10, Side.BOTH, AfterDrift.FORGET);
    int alarms = 0;
    for (int seed = 0; seed < 200; seed++) {
      alarms += Streams.drifts(new Adwin(settings), Streams.errors(seed, 1000, 0.4)).size();
    }

    assertThat(alarms).isLessThan(10);
  }

  @Test
  void saysTheWatchedSideOnly() {
    double[] up = Streams.normal(3, 2000, 1, 0, 3);
    double[] down = Arrays.stream(up).map(value -> -value).toArray();

    assertThat(Streams.drifts(adwin(Side.INCREASE), up)).isNotEmpty();
    assertThat(Streams.drifts(adwin(Side.DECREASE), up)).isEmpty();
    assertThat(Streams.drifts(adwin(Side.DECREASE), down))
        .isEqualTo(Streams.drifts(adwin(Side.INCREASE), up));
    assertThat(Streams.drifts(adwin(Side.BOTH), down))
        .isEqualTo(Streams.drifts(adwin(Side.BOTH), up));
  }

  private static Adwin adwin(Side side) {
    return new Adwin(new Adwin.Settings(0.002, 32, 5, 5, 10, side, AfterDrift.KEEP_NEWER));
  }
}
