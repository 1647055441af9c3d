package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.forecast.DataDensityTracker;
import dev.penstock.core.forecast.Forecast;
import dev.penstock.core.forecast.PerformanceTracker;
import dev.penstock.schemas.spec.trigger.OutlookSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of models: of the newest one on the next block, of a new one on its first. The
 * first block that a new model was asked about tells what a training brings.
 */
final class Outlook {

  private final DataDensityTracker density;
  private final PerformanceTracker performance;
  private final Forecast forecast;

  /** Trigger number of the model of the last evaluation; 0: there was none. */
  private long evaluated;

  Outlook(OutlookSpec spec) {
    this.density = new DataDensityTracker(spec.dataDensityWindowSize());
    this.performance = new PerformanceTracker(spec.performanceTriggersWindowSize());
    this.forecast =
        Forecast.by(
            switch (spec.method()) {
              case RIDGE_REGRESSION -> Forecast.Method.RIDGE_REGRESSION;
              case ROLLING_AVERAGE -> Forecast.Method.ROLLING_AVERAGE;
            });
  }

  /** A block of so many samples has passed. */
  void passed(long samples, long firstMillis, long lastMillis) {
    density.add(samples, firstMillis, lastMillis);
  }

  /** The model was evaluated on a block; one with samples that were scored. */
  void evaluated(BlockPerformance block, @Nullable ModelInUse model) {
    long number = model == null ? 0 : model.triggerNumber();
    if (number > evaluated) {
      evaluated = number;
      performance.onTrigger(block.samples(), block.misclassified());
    } else {
      performance.add(block.samples(), block.misclassified());
    }
  }

  /** Accuracy that a new model is expected to reach; empty: there has been none. */
  OptionalDouble ofNewModel() {
    return performance.expectedAccuracy(forecast);
  }

  /** Accuracy of the newest model on the next block; empty: it has not been evaluated. */
  OptionalDouble ofNextBlock() {
    return performance.nextAccuracy(forecast);
  }

  /** Samples a second; empty: no block has lasted any time. */
  OptionalDouble density() {
    return density.average();
  }

  void write(DataOutput out) throws IOException {
    density.write(out);
    performance.write(out);
    out.writeLong(evaluated);
  }

  void read(DataInput in) throws IOException {
    density.read(in);
    performance.read(in);
    evaluated = in.readLong();
  }
}
