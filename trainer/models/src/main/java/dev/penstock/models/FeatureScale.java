package dev.penstock.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How features are brought to a common scale: {@code (x - shift) * factor}, elementwise. Saved with
 * the weights, since a model is worth nothing without it. Equality is by identity.
 *
 * @param shift one a feature, or one for all
 * @param factor one a feature, or one for all
 */
public record FeatureScale(float[] shift, float[] factor) {

  /** Leaves features as they are. */
  public static final FeatureScale NONE = new FeatureScale(new float[] {0}, new float[] {1});

  /** Brings bytes to [0, 1]. */
  public static final FeatureScale UNIT = new FeatureScale(new float[] {0}, new float[] {1f / 255});

  private static final String SHIFT = "feature_scale.shift";
  private static final String FACTOR = "feature_scale.factor";

  public FeatureScale {
    if (shift.length != factor.length || shift.length == 0) {
      throw new IllegalArgumentException(
          "factor must be one a shift, got " + factor.length + " for " + shift.length);
    }
  }

  /** As tensors beside the weights. */
  public SortedMap<String, Tensor> toTensors() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    tensors.put(SHIFT, Tensor.vector(shift));
    tensors.put(FACTOR, Tensor.vector(factor));
    return tensors;
  }

  /** From the tensors beside the weights. */
  public static FeatureScale from(SortedMap<String, Tensor> tensors) {
    Tensor shift = tensors.get(SHIFT);
    Tensor factor = tensors.get(FACTOR);
    if (shift == null || factor == null) {
      throw new IllegalArgumentException("tensors must have " + SHIFT + " and " + FACTOR);
    }
    return new FeatureScale(shift.values(), factor.values());
  }

  static boolean isScale(String tensor) {
    return tensor.equals(SHIFT) || tensor.equals(FACTOR);
  }

  /** The scale on a device, for batches of shape [batch, features]. */
  public OnDevice on(NDManager manager) {
    Shape shape = new Shape(1, shift.length);
    return new OnDevice(
        all(shift, 0) ? null : manager.create(shift, shape),
        all(factor, 1) ? null : manager.create(factor, shape));
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

    private OnDevice(@Nullable NDArray shift, @Nullable NDArray factor) {
      this.shift = shift;
      this.factor = factor;
    }

    /** Scales a batch of shape [batch, features]. */
    public NDArray apply(NDArray batch) {
      NDArray shifted = shift == null ? batch : batch.sub(shift);
      return factor == null ? shifted : shifted.mul(factor);
    }
  }
}
