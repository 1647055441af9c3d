package dev.penstock.worker.training;

import dev.penstock.models.FeatureScale;
import dev.penstock.models.Network;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.training.FeatureSpec;
import dev.penstock.schemas.spec.training.TrainingSpec;
import dev.penstock.schemas.spec.training.TrainingSpec.Scaling;
import dev.penstock.worker.data.SampleBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

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
  private final BitSet logs = new BitSet();
  private long count;

  private FeatureStatistics(int features, List<Integer> logColumns) {
    logColumns.forEach(logs::set);
    mean = new double[features];
    squares = new double[features];
    min = new double[features];
    max = new double[features];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
  }

  /** Whether the scale depends on the samples. */
  static boolean isNeededFor(TrainingSpec spec) {
    return spec.features().normalization().isEmpty()
        && (spec.scaling() == Scaling.STANDARD || spec.scaling() == Scaling.MIN_MAX);
  }

  /** The scale that the spec means on these samples. */
  static FeatureScale scale(
      TrainingSpec spec, SampleBuffer samples, Network network, HoldOut holdOut) {
    if (!network.takesQuantities()) {
      return FeatureScale.NONE;
    }
    int features = network.payload().elements();
    FeatureScale scale =
        spec.features()
            .normalization()
            .map(given -> given(given, network.payload()))
            .orElseGet(() -> measured(spec, samples, network.payload(), holdOut));
    return scale.except(network.categories(), features).withLogs(spec.features().log1p(), features);
  }

  /** One number a channel stands for all pixels of it. */
  private static FeatureScale given(FeatureSpec.Normalization given, PayloadSpec.Tensor payload) {
    int numbers = given.mean().size();
    int features = numbers == 1 ? 1 : payload.elements();
    float[] shift = new float[features];
    float[] factor = new float[features];
    for (int feature = 0; feature < features; feature++) {
      int number = (int) ((long) feature * numbers / features);
      shift[feature] = given.mean().get(number).floatValue();
      factor[feature] = (float) (1 / given.std().get(number));
    }
    return new FeatureScale(shift, factor);
  }

  private static FeatureScale measured(
      TrainingSpec spec, SampleBuffer samples, PayloadSpec.Tensor payload, HoldOut holdOut) {
    return switch (spec.scaling()) {
      case NONE -> FeatureScale.NONE;
      case UNIT -> FeatureScale.UNIT;
      case STANDARD -> of(spec, samples, payload, holdOut).standard();
      case MIN_MAX -> of(spec, samples, payload, holdOut).minMax();
    };
  }

  private static FeatureStatistics of(
      TrainingSpec spec, SampleBuffer samples, PayloadSpec.Tensor payload, HoldOut holdOut) {
    FeatureStatistics statistics =
        new FeatureStatistics(payload.elements(), spec.features().log1p());
    for (int index : holdOut.trained(IntStream.range(0, samples.size()).toArray())) {
      ByteBuffer chunk = samples.chunk(index).duplicate().order(ByteOrder.LITTLE_ENDIAN);
      statistics.add(chunk, samples.position(index), payload.dtype());
    }
    return statistics;
  }

  private void add(ByteBuffer chunk, int start, PayloadSpec.Dtype dtype) {
    count++;
    for (int feature = 0; feature < mean.length; feature++) {
      double raw = value(chunk, start + feature * dtype.bytes(), dtype);
      double value = logs.get(feature) ? Math.log1p(Math.max(0, raw)) : raw;
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
