package dev.penstock.models.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.penstock.schemas.spec.training.Precision;

/**
 * Conversions between float32 and a lower precision that gradients flow through. Those of {@code
 * NDArray.toType} cut them off, and know no bfloat16. Close it.
 */
public final class Casts implements AutoCloseable {

  private final Model lower;
  private final Model raise;
  private final ParameterStore noParameters;

  private Casts(Model lower, Model raise) {
    this.lower = lower;
    this.raise = raise;
    this.noParameters = new ParameterStore(lower.getNDManager(), /* copy= */ false);
  }

  /**
   * Conversions on a device.
   *
   * @throws IllegalArgumentException if the precision is no lower one
   */
  public static Casts to(Precision precision, Device device) {
    int type =
        switch (precision) {
          case FLOAT16 -> CastScript.FLOAT16;
          case BFLOAT16 -> CastScript.BFLOAT16;
          case FLOAT32 ->
              throw new IllegalArgumentException("precision must be lower, got " + precision);
        };
    return new Casts(
        TorchScript.load(CastScript.to(type), device),
        TorchScript.load(CastScript.to(CastScript.FLOAT32), device));
  }

  /** An array in the lower precision, which lives as long as {@code scope}. */
  public NDArray lower(NDArray array, NDManager scope) {
    return cast(lower, array, scope);
  }

  /** An array in float32, which lives as long as {@code scope}. */
  public NDArray raise(NDArray array, NDManager scope) {
    return cast(raise, array, scope);
  }

  /** Modules that are not in training run without a graph. */
  private NDArray cast(Model script, NDArray array, NDManager scope) {
    NDList result =
        script.getBlock().forward(noParameters, new NDList(array), /* training= */ true);
    result.attach(scope);
    return result.singletonOrThrow();
  }

  @Override
  public void close() {
    lower.close();
    raise.close();
  }
}
