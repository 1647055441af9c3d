package dev.penstock.core.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of regression: root mean squared and mean absolute error, and the root mean squared
 * errors of always saying the mean so far, and the target of the sample before.
 */
final class RealMetrics implements StreamMetrics {

  private long scored;
  private double squares;
  private double absolutes;
  private double meanSquares;
  private double noChangeSquares;
  private long seen;
  private double mean;
  private double last;

  @Override
  public void scored(double label, float predicted, float logLoss) {
    scored++;
    squares += square(predicted - label);
    absolutes += Math.abs(predicted - label);
    meanSquares += square(mean - label);
    noChangeSquares += square(last - label);
  }

  @Override
  public void learn(double label) {
    seen++;
    mean += (label - mean) / seen;
    last = label;
  }

  @Override
  public SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    if (scored > 0) {
      values.put("rmse", Math.sqrt(squares / scored));
      values.put("mae", absolutes / scored);
      values.put("meanRmse", Math.sqrt(meanSquares / scored));
      values.put("noChangeRmse", Math.sqrt(noChangeSquares / scored));
    }
    return values;
  }

  @Override
  public void nextSlice() {
    scored = 0;
    squares = 0;
    absolutes = 0;
    meanSquares = 0;
    noChangeSquares = 0;
  }

  private static double square(double value) {
    return value * value;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(scored);
    out.writeLong(seen);
    for (double value :
        new double[] {squares, absolutes, meanSquares, noChangeSquares, mean, last}) {
      out.writeDouble(value);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    scored = in.readLong();
    seen = in.readLong();
    squares = in.readDouble();
    absolutes = in.readDouble();
    meanSquares = in.readDouble();
    noChangeSquares = in.readDouble();
    mean = in.readDouble();
    last = in.readDouble();
  }
}
