package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How features are brought to a common scale: {@code (x - shift) * factor}, elementwise, of x or of
 * ln(1 + max(0, x)). Saved with the weights, since a model is worth nothing without it. Equality is
 * by identity.
 *
 * @param shift one a feature, or one for all
 * @param factor one a feature, or one for all
 * @param logs 1 for features of which the logarithm is taken, else 0, one a feature; empty: of none
 */
public record FeatureScale(float[] shift, float[] factor, float[] logs) {

  /** Before the constants that have it. */
  private static final float[] OF_NONE = {};

  /** Leaves features as they are. */
  public static final FeatureScale NONE = new FeatureScale(new float[] {0}, new float[] {1});

  /** Brings bytes to [0, 1]. */
  public static final FeatureScale UNIT = new FeatureScale(new float[] {0}, new float[] {1f / 255});

  private static final String SHIFT = "feature_scale.shift";
  private static final String FACTOR = "feature_scale.factor";
  private static final String LOGS = "feature_scale.log1p";

  public FeatureScale {
    if (shift.length != factor.length || shift.length == 0) {
      throw new IllegalArgumentException(
          "factor must be one a shift, got " + factor.length + " for " + shift.length);
    }
  }

  /** A scale without logarithms. */
  public FeatureScale(float[] shift, float[] factor) {
    this(shift, factor, OF_NONE);
  }

  /** The same scale, of the logarithms of {@code columns} among {@code features}. */
  public FeatureScale withLogs(Collection<Integer> columns, int features) {
    if (columns.isEmpty()) {
      return this;
    }
    float[] newLogs = new float[features];
    columns.forEach(column -> newLogs[column] = 1);
    return new FeatureScale(shift, factor, newLogs);
  }

  /** The same scale, but {@code columns} of {@code features} stay as they are. */
  public FeatureScale except(Set<Integer> columns, int features) {
    if (columns.isEmpty()) {
      return this;
    }
    float[] newShift = new float[features];
    float[] newFactor = new float[features];
    for (int feature = 0; feature < features; feature++) {
      boolean stays = columns.contains(feature);
      newShift[feature] = stays ? 0 : shift[feature % shift.length];
      newFactor[feature] = stays ? 1 : factor[feature % factor.length];
    }
    return new FeatureScale(newShift, newFactor, logs);
  }

  /** As tensors beside the weights. */
  public SortedMap<String, Tensor> toTensors() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    tensors.put(SHIFT, Tensor.vector(shift));
    tensors.put(FACTOR, Tensor.vector(factor));
    if (logs.length > 0) {
      tensors.put(LOGS, Tensor.vector(logs));
    }
    return tensors;
  }

  /** From the tensors beside the weights. */
  public static FeatureScale from(SortedMap<String, Tensor> tensors) {
    Tensor shift = tensors.get(SHIFT);
    Tensor factor = tensors.get(FACTOR);
    if (shift == null || factor == null) {
      throw new IllegalArgumentException("tensors must have " + SHIFT + " and " + FACTOR);
    }
    Tensor logs = tensors.get(LOGS);
    return new FeatureScale(
        shift.values(), factor.values(), logs == null ? OF_NONE : logs.values());
  }

  static boolean isScale(String tensor) {
    return tensor.equals(SHIFT) || tensor.equals(FACTOR) || tensor.equals(LOGS);
  }

  /** The scale on a device, for batches of shape [batch, features]. */
  public OnDevice on(NDManager manager) {
    Shape shape = new Shape(1, shift.length);
    return new OnDevice(
        all(shift, 0) ? null : manager.create(shift, shape),
        all(factor, 1) ? null : manager.create(factor, shape),
        logs.length == 0 ? null : manager.create(logs, new Shape(1, logs.length)).gt(0));
  }

  private static boolean all(float[] values, float value) {
    for (float each : values) {
      if (each != value) {
        return false;
      }
    }
    return true;
  }

  /** Arrays of a scale, as long as their manager lives; null: that step changes nothing. */
  public static final class OnDevice {

    private final @Nullable NDArray shift;
    private final @Nullable NDArray factor;

    private final @Nullable NDArray logs;

    private OnDevice(@Nullable NDArray shift, @Nullable NDArray factor, @Nullable NDArray logs) {
      this.shift = shift;
      this.factor = factor;
      this.logs = logs;
    }

    /** Scales a batch of shape [batch, features]. */
    public NDArray apply(NDArray batch) {
      NDArray raw =
          logs == null
              ? batch
              : NDArrays.where(
                  logs.broadcast(batch.getShape()), batch.maximum(0).add(1).log(), batch);
      NDArray shifted = shift == null ? raw : raw.sub(shift);
      return factor == null ? shifted : shifted.mul(factor);
    }
  }
}
