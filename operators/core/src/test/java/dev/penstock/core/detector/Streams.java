package dev.penstock.core.detector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Streams whose changes are known, and what detectors say to them. */
final class Streams {

  private Streams() {}

  /** Errors of the given rates, one segment each. */
  static double[] errors(long seed, int length, double... rates) {
    Random random = new Random(seed);
    return Arrays.stream(rates)
        .flatMap(rate -> random.doubles(length).map(uniform -> uniform < rate ? 1 : 0))
        .toArray();
  }

  /** Normal values of the given means, one segment each. */
  static double[] normal(long seed, int length, double deviation, double... means) {
    Random random = new Random(seed);
    double[] values = new double[length * means.length];
    Arrays.setAll(values, i -> means[i / length] + deviation * random.nextGaussian());
    return values;
  }

  static Status add(Detector detector, double value) {
    return detector instanceof ErrorDetector errors
        ? errors.add(value == 1)
        : ((ValueDetector) detector).add(value);
  }

  /** Samples at which the detector said so. */
  static List<Integer> at(Status status, Detector detector, double[] stream) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < stream.length; i++) {
      if (add(detector, stream[i]) == status) {
        indices.add(i);
      }
    }
    return indices;
  }

  static List<Integer> drifts(Detector detector, double[] stream) {
    return at(Status.DRIFT, detector, stream);
  }
}
