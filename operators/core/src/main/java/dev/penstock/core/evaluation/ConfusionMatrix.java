package dev.penstock.core.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Counts of (true class, predicted class), and what follows from them. */
public final class ConfusionMatrix {

  private final long[][] counts;
  private long total;
  private long right;

  /** An empty matrix. */
  public ConfusionMatrix(int classes) {
    counts = new long[classes][classes];
  }

  /** Counts a sample. */
  public void add(int truth, int predicted) {
    counts[truth][predicted]++;
    total++;
    right += truth == predicted ? 1 : 0;
  }

  /** Number of samples. */
  public long total() {
    return total;
  }

  /** Share of samples predicted right; NaN: there are none. */
  public double accuracy() {
    return (double) right / total;
  }

  /**
   * Mean over classes of {@code F1 = 2·tp / (2·tp + fp + fn)}, over those that occur as true or
   * predicted class, as scikit-learn has it; NaN: there are no samples.
   */
  public double macroF1() {
    double sum = 0;
    int classes = 0;
    for (int i = 0; i < counts.length; i++) {
      double f1 = f1(i);
      if (!Double.isNaN(f1)) {
        classes++;
        sum += f1;
      }
    }
    return sum / classes;
  }

  /** Mean over the true classes of the samples of {@link #f1}; NaN: there are no samples. */
  public double weightedF1() {
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      long support = 0;
      for (long count : counts[i]) {
        support += count;
      }
      sum += support == 0 ? 0 : support * f1(i);
    }
    return sum / total;
  }

  /**
   * {@code F1 = 2·tp / (2·tp + fp + fn)} of one class; NaN: it is neither a true nor a predicted
   * class.
   */
  public double f1(int of) {
    long mistakes = 0;
    for (int j = 0; j < counts.length; j++) {
      mistakes += of == j ? 0 : counts[of][j] + counts[j][of];
    }
    long hits = counts[of][of];
    return hits + mistakes == 0 ? Double.NaN : 2.0 * hits / (2.0 * hits + mistakes);
  }

  /** Forgets all. */
  public void clear() {
    for (long[] row : counts) {
      Arrays.fill(row, 0);
    }
    total = 0;
    right = 0;
  }

  /** Writes the counts. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(counts.length);
    for (long[] row : counts) {
      for (long count : row) {
        out.writeLong(count);
      }
    }
  }

  /** Takes the counts of as many classes. */
  public void read(DataInput in) throws IOException {
    int classes = in.readInt();
    if (classes != counts.length) {
      throw new IOException(
          "classes must be the " + classes + " of the restored state, got " + counts.length);
    }
    clear();
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] = in.readLong();
        total += counts[i][j];
        right += i == j ? counts[i][j] : 0;
      }
    }
  }
}
