package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.Observation;
import dev.penstock.core.evaluation.ConfusionMatrix;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Metric;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How models did on the samples of one block. Samples that were not scored do not count. */
final class BlockPerformance {

  private static final int RANKS = 5;

  private final @Nullable ConfusionMatrix matrix;

  /** Samples whose true class was the most probable, the second, and so on. */
  private final long[] atRank = new long[RANKS];

  private long samples;
  private double loss;

  /** Samples whose loss is known: a serving system may give classes without probabilities. */
  private long losses;

  BlockPerformance(@Nullable LabelSpec label) {
    this.matrix =
        label instanceof LabelSpec.Classes classes ? new ConfusionMatrix(classes.count()) : null;
  }

  void see(Observation observation, Feedback feedback) {
    boolean isScored = matrix == null ? !Float.isNaN(feedback.loss()) : feedback.rank() >= 0;
    if (!isScored) {
      return;
    }
    samples++;
    if (!Float.isNaN(feedback.loss())) {
      losses++;
      loss += feedback.loss();
    }
    if (matrix != null) {
      matrix.add((int) observation.label(), (int) feedback.predicted());
      if (feedback.rank() >= 0 && feedback.rank() < RANKS) {
        atRank[feedback.rank()]++;
      }
    }
  }

  long samples() {
    return samples;
  }

  long misclassified() {
    return samples - atRank[0];
  }

  /** Of a block that has samples; NaN: a loss that is known of none. */
  double value(Metric metric) {
    return switch (metric) {
      case ACCURACY -> top(1);
      case TOP_2_ACCURACY -> top(2);
      case TOP_3_ACCURACY -> top(3);
      case TOP_5_ACCURACY -> top(5);
      case MACRO_F1 -> matrix == null ? 0 : matrix.macroF1();
      case LOG_LOSS, MSE -> loss / losses;
    };
  }

  private double top(int classes) {
    long hits = 0;
    for (int rank = 0; rank < classes; rank++) {
      hits += atRank[rank];
    }
    return (double) hits / samples;
  }

  void clear() {
    samples = 0;
    loss = 0;
    losses = 0;
    Arrays.fill(atRank, 0);
    if (matrix != null) {
      matrix.clear();
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeDouble(loss);
    out.writeLong(losses);
    for (long count : atRank) {
      out.writeLong(count);
    }
    if (matrix != null) {
      matrix.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    samples = in.readLong();
    loss = in.readDouble();
    losses = in.readLong();
    for (int rank = 0; rank < RANKS; rank++) {
      atRank[rank] = in.readLong();
    }
    if (matrix != null) {
      matrix.read(in);
    }
  }
}
