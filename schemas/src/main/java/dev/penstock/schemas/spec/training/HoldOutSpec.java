package dev.penstock.schemas.spec.training;

import static java.util.Objects.requireNonNull;

import dev.penstock.schemas.spec.check.Fields;
import java.util.Optional;

/**
 * Samples that are never trained on.
 *
 * @param share of all samples, by a hash of their place in the log: a sample that is held out once
 *     is held out in every training of the pipeline
 * @param earlyStopping by the loss on them; empty: it is only reported
 */
public record HoldOutSpec(double share, Optional<EarlyStopping> earlyStopping) {

  public HoldOutSpec {
    Fields.inOpenUnitInterval("share", share);
    requireNonNull(earlyStopping, "earlyStopping is null");
  }

  /**
   * Ends a training that no longer gets better, and goes back to the weights of the best epoch
   * (Prechelt, Early Stopping, but When?, 1998).
   *
   * @param patience epochs without a gain that are waited for
   * @param minDelta a gain is more than that
   */
  public record EarlyStopping(int patience, double minDelta) {

    public EarlyStopping {
      Fields.atLeast("patience", patience, 1);
      Fields.notNegative("min-delta", minDelta);
    }
  }
}
