package dev.penstock.models.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a forward pass in a lower precision: weights and biases are converted, and
 * their gradients come back to the float32 ones. Those of normalizations stay as they are, whose
 * kernels take them so beside activations of a lower precision, and whose running statistics would
 * not move by small steps.
 */
public final class LowPrecisionParameters extends ParameterStore {

  private final Casts casts;
  private final NDManager scope;

  /**
   * Parameters.
   *
   * @param manager of the network's parameters
   * @param scope for converted arrays, which live as long as the pass
   */
  public LowPrecisionParameters(NDManager manager, Casts casts, NDManager scope) {
    super(manager, /* copy= */ false);
    this.casts = casts;
    this.scope = scope;
  }

  @Override
  public @Nullable NDArray getValue(
      @Nullable Parameter parameter, Device device, boolean training) {
    NDArray value = super.getValue(parameter, device, training);
    return parameter == null || isOfNormalization(parameter) ? value : casts.lower(value, scope);
  }

  private static boolean isOfNormalization(Parameter parameter) {
    return switch (parameter.getType()) {
      case GAMMA, BETA, RUNNING_MEAN, RUNNING_VAR -> true;
      case WEIGHT, BIAS, OTHER -> false;
    };
  }

  /** Activations in the lower precision. */
  public NDArray lower(NDArray activations) {
    return casts.lower(activations, scope);
  }

  /** Activations in float32. */
  public NDArray raise(NDArray activations) {
    return casts.raise(activations, scope);
  }

  /** A table in float32 whatever the pass computes in: few of its rows are looked up. */
  public static NDArray table(
      ParameterStore parameters, Parameter table, Device device, boolean training) {
    return parameters instanceof LowPrecisionParameters low
        ? low.unconverted(table, device, training)
        : parameters.getValue(table, device, training);
  }

  private NDArray unconverted(Parameter parameter, Device device, boolean training) {
    return super.getValue(parameter, device, training);
  }

  /** Activations as the pass computes in. */
  public static NDArray lower(ParameterStore parameters, NDArray activations) {
    return parameters instanceof LowPrecisionParameters low ? low.lower(activations) : activations;
  }
}
