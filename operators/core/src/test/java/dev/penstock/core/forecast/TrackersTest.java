package dev.penstock.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.forecast.DataDensityTracker.Block;
import dev.penstock.core.forecast.Forecast.Method;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Forecasts, and what they are made from. */
final class TrackersTest {

  private static final Forecast AVERAGE = Forecast.by(Method.ROLLING_AVERAGE);
  private static final Forecast LINE = Forecast.by(Method.RIDGE_REGRESSION);

  @Test
  void fitsALineWhenThereAreEnoughNumbers() {
    double[] few = {1, 2, 3, 4};
    double[] enough = {1, 2, 3, 4, 5};

    assertThat(LINE.next(few)).hasValue(2.5);
    assertThat(AVERAGE.next(enough)).hasValue(3);
    assertThat(new Forecast(Method.RIDGE_REGRESSION, 5, 0).next(enough)).hasValue(6);
    assertThat(LINE.next(new double[0])).isEmpty();
    assertThat(LINE.nextShare(new double[] {0.6, 0.7, 0.8, 0.9, 1})).hasValue(1);
  }

  @Test
  void averagesDensitiesOfBlocksThatLast() throws IOException {
    DataDensityTracker tracker = new DataDensityTracker(2);
    tracker.add(1, 1000, 1000);
    assertThat(tracker.average()).isEmpty();

    tracker.add(10, 2000, 3000);
    tracker.add(20, 4000, 5000);

    assertThat(tracker.blocks()).containsExactly(new Block(10, 2), new Block(20, 2));
    assertThat(tracker.average()).hasValue(7.5);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tracker.write(new DataOutputStream(bytes));
    DataDensityTracker restored = new DataDensityTracker(2);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    restored.add(5, 5500, 6000);
    tracker.add(5, 5500, 6000);
    assertThat(restored.blocks()).isEqualTo(tracker.blocks());
  }

  @Test
  void tellsNewModelsFromTheCurrentOne() throws IOException {
    PerformanceTracker tracker = new PerformanceTracker(2);
    assertThat(tracker.expectedAccuracy(AVERAGE)).isEmpty();
    assertThat(tracker.nextAccuracy(AVERAGE)).isEmpty();

    tracker.onTrigger(4, 4);
    tracker.onTrigger(4, 1);
    tracker.onTrigger(4, 3);
    for (int i = 0; i < 40; i++) {
      tracker.add(4, 1);
    }
    assertThat(tracker.expectedAccuracy(AVERAGE)).hasValue(0.5);
    assertThat(tracker.nextAccuracy(AVERAGE)).hasValue((0.25 + 40 * 0.75) / 41);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tracker.write(new DataOutputStream(bytes));
    PerformanceTracker restored = new PerformanceTracker(2);
    restored.add(1, 1);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    OptionalDouble next = tracker.nextAccuracy(LINE);
    assertThat(restored.nextAccuracy(LINE)).isEqualTo(next);
    assertThat(restored.expectedAccuracy(LINE)).isEqualTo(tracker.expectedAccuracy(LINE));
  }

  @Test
  void namesTheValueThatIsWrong() {
    assertThatThrownBy(() -> new PerformanceTracker(0))
        .hasMessage("performance-triggers-window-size must be at least 1, got 0");
    assertThatThrownBy(() -> new PerformanceTracker(1).add(4, 5))
        .hasMessage("misclassified must be in [0, 4], got 5");
    assertThatThrownBy(() -> new DataDensityTracker(1).add(0, 0, 0))
        .hasMessage("samples must be at least 1, got 0");
  }
}
