package dev.penstock.worker.training;

import dev.penstock.models.FeatureScale;
import dev.penstock.schemas.spec.PayloadSpec;
import dev.penstock.schemas.spec.TrainingSpec.Scaling;
import dev.penstock.worker.data.SampleBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Statistics of every feature over a training set, in the order of its samples and in double
 * precision, so that they are the same at every reading. Mean and variance by Welford's method
 * (Technometrics 1962).
 */
final class FeatureStatistics {

  private final double[] mean;
  private final double[] squares;
  private final double[] min;
  private final double[] max;
  private long count;

  private FeatureStatistics(int features) {
    mean = new double[features];
    squares = new double[features];
    min = new double[features];
    max = new double[features];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
  }

  /** Whether the scale depends on the samples. */
  static boolean isNeededFor(Scaling scaling) {
    return scaling == Scaling.STANDARD || scaling == Scaling.MIN_MAX;
  }

  /** The scale that {@code scaling} means on these samples. */
  static FeatureScale scale(Scaling scaling, SampleBuffer samples, PayloadSpec.Tensor payload) {
    return switch (scaling) {
      case NONE -> FeatureScale.NONE;
      case UNIT -> FeatureScale.UNIT;
      case STANDARD -> of(samples, payload).standard();
      case MIN_MAX -> of(samples, payload).minMax();
    };
  }

  private static FeatureStatistics of(SampleBuffer samples, PayloadSpec.Tensor payload) {
    FeatureStatistics statistics = new FeatureStatistics(payload.elements());
    for (int index = 0; index < samples.size(); index++) {
      ByteBuffer chunk = samples.chunk(index).duplicate().order(ByteOrder.LITTLE_ENDIAN);
      statistics.add(chunk, samples.position(index), payload.dtype());
    }
    return statistics;
  }

  private void add(ByteBuffer chunk, int start, PayloadSpec.Dtype dtype) {
    count++;
    for (int feature = 0; feature < mean.length; feature++) {
      double value = value(chunk, start + feature * dtype.bytes(), dtype);
      double delta = value - mean[feature];
      mean[feature] += delta / count;
      squares[feature] += delta * (value - mean[feature]);
      min[feature] = Math.min(min[feature], value);
      max[feature] = Math.max(max[feature], value);
    }
  }

  private static double value(ByteBuffer bytes, int position, PayloadSpec.Dtype dtype) {
    return switch (dtype) {
      case UINT8 -> Byte.toUnsignedInt(bytes.get(position));
      case INT32 -> bytes.getInt(position);
      case INT64 -> bytes.getLong(position);
      case FLOAT32 -> bytes.getFloat(position);
      case FLOAT64 -> bytes.getDouble(position);
    };
  }

  private FeatureScale standard() {
    float[] shift = new float[mean.length];
    float[] factor = new float[mean.length];
    for (int feature = 0; feature < mean.length; feature++) {
      shift[feature] = (float) mean[feature];
      factor[feature] = inverse(Math.sqrt(squares[feature] / Math.max(1, count)));
    }
    return new FeatureScale(shift, factor);
  }

  private FeatureScale minMax() {
    float[] shift = new float[mean.length];
    float[] factor = new float[mean.length];
    for (int feature = 0; feature < mean.length; feature++) {
      shift[feature] = (float) min[feature];
      factor[feature] = inverse(max[feature] - min[feature]);
    }
    return new FeatureScale(shift, factor);
  }

  /** A feature that does not vary says nothing: it becomes 0. */
  private static float inverse(double spread) {
    float inverse = (float) (1 / spread);
    return spread > 0 && Float.isFinite(inverse) ? inverse : 0;
  }
}
