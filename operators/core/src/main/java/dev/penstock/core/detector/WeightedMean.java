package dev.penstock.core.detector;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An exponentially weighted mean, with the sum of the squares of its weights. */
final class WeightedMean {

  private double mean;
  private double squaredWeights;
  private boolean empty = true;

  /** Adds a value; the first one has all the weight. */
  void add(double value, double lambda) {
    if (empty) {
      mean = value;
      squaredWeights = 1;
      empty = false;
    } else {
      double kept = 1 - lambda;
      mean = lambda * value + kept * mean;
      squaredWeights = lambda * lambda + kept * kept * squaredWeights;
    }
  }

  /** McDiarmid's bound on how far the means of this and another sample are apart by chance. */
  double bound(WeightedMean other, double confidence) {
    return Math.sqrt((squaredWeights + other.squaredWeights) * Math.log(1 / confidence) / 2);
  }

  /** McDiarmid's bound on how far the mean is from its expectation. */
  double bound(double confidence) {
    return Math.sqrt(squaredWeights * Math.log(1 / confidence) / 2);
  }

  double mean() {
    return mean;
  }

  boolean isEmpty() {
    return empty;
  }

  void copy(WeightedMean other) {
    mean = other.mean;
    squaredWeights = other.squaredWeights;
    empty = other.empty;
  }

  void clear() {
    mean = 0;
    squaredWeights = 0;
    empty = true;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(mean);
    out.writeDouble(squaredWeights);
    out.writeBoolean(empty);
  }

  void read(DataInput in) throws IOException {
    mean = in.readDouble();
    squaredWeights = in.readDouble();
    empty = in.readBoolean();
  }
}
