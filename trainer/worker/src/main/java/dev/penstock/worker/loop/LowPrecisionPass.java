package dev.penstock.worker.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.penstock.models.Network;
import dev.penstock.models.engine.Casts;
import dev.penstock.models.engine.LowPrecisionParameters;
import dev.penstock.schemas.spec.training.Precision;

/**
 * Forward passes of a training in a lower precision, with weights, normalizations, the loss and all
 * that the optimizer keeps in float32 (Micikevicius et al., Mixed Precision Training, ICLR 2018).
 */
final class LowPrecisionPass implements AutoCloseable {

  private final Network network;
  private final NDManager manager;
  private final Casts casts;

  /**
   * Passes of a network.
   *
   * @param manager of its parameters
   */
  LowPrecisionPass(Network network, NDManager manager, Precision precision) {
    this.network = network;
    this.manager = manager;
    this.casts = Casts.to(precision, manager.getDevice());
  }

  /** The outputs in float32, to differentiate. */
  NDList forward(NDList input, NDManager scope) {
    LowPrecisionParameters parameters = new LowPrecisionParameters(manager, casts, scope);
    NDList first = new NDList(input);
    if (network.takesQuantities() && network.categories().isEmpty()) {
      // Ids and categories are no quantities, and a lower precision would confuse them.
      first = new NDList(parameters.lower(input.singletonOrThrow()));
    }
    NDArray outputs =
        network.block().forward(parameters, first, /* training= */ true).singletonOrThrow();
    outputs.attach(scope);
    return new NDList(parameters.raise(outputs));
  }

  @Override
  public void close() {
    casts.close();
  }
}
