package dev.penstock.core.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of classification: accuracy, macro F1, log loss; the accuracies of always saying the
 * class that was most frequent so far, and the class of the sample before; and {@link
 * KappaTemporal}.
 */
final class ClassMetrics implements StreamMetrics {

  private static final int NONE = -1;

  private final ConfusionMatrix matrix;
  private final long[] seen;
  private int last = NONE;
  private int majority;
  private double logLoss;
  private long majorityRight;
  private long noChangeRight;

  ClassMetrics(int classes) {
    matrix = new ConfusionMatrix(classes);
    seen = new long[classes];
  }

  @Override
  public void scored(double label, float predicted, float sampleLogLoss) {
    int truth = (int) label;
    matrix.add(truth, (int) predicted);
    logLoss += sampleLogLoss;
    majorityRight += truth == majority ? 1 : 0;
    noChangeRight += truth == last ? 1 : 0;
  }

  @Override
  public void learn(double label) {
    int truth = (int) label;
    last = truth;
    seen[truth]++;
    if (seen[truth] > seen[majority]) {
      majority = truth;
    }
  }

  @Override
  public SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    long total = matrix.total();
    if (total > 0) {
      double noChange = (double) noChangeRight / total;
      values.put("accuracy", matrix.accuracy());
      values.put("macroF1", matrix.macroF1());
      values.put("logLoss", logLoss / total);
      values.put("majorityAccuracy", (double) majorityRight / total);
      values.put("noChangeAccuracy", noChange);
      values.put("kappaTemporal", KappaTemporal.of(matrix.accuracy(), noChange));
    }
    return values;
  }

  @Override
  public void nextSlice() {
    matrix.clear();
    logLoss = 0;
    majorityRight = 0;
    noChangeRight = 0;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    matrix.write(out);
    for (long count : seen) {
      out.writeLong(count);
    }
    out.writeInt(last);
    out.writeInt(majority);
    out.writeDouble(logLoss);
    out.writeLong(majorityRight);
    out.writeLong(noChangeRight);
  }

  @Override
  public void read(DataInput in) throws IOException {
    matrix.read(in);
    for (int i = 0; i < seen.length; i++) {
      seen[i] = in.readLong();
    }
    last = in.readInt();
    majority = in.readInt();
    logLoss = in.readDouble();
    majorityRight = in.readLong();
    noChangeRight = in.readLong();
  }
}
