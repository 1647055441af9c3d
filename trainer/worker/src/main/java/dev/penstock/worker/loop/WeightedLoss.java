package dev.penstock.worker.loop;

import ai.djl.ndarray.NDArray;
import dev.penstock.worker.loop.TrainingLoop.Target;

/**
 * The loss of a batch whose samples count differently: the sum of each one's loss by its share in
 * the weight of all, {@code L = Σ lᵢ wᵢ / Σ wᵢ}. With equal weights it is the mean, up to rounding.
 */
final class WeightedLoss {

  private final Target target;

  WeightedLoss(Target target) {
    this.target = target;
  }

  /**
   * The loss, to differentiate.
   *
   * @param labels of shape [batch, 1]
   * @param predictions logits, or one number in regression, of shape [batch, outputs]
   * @param shares of the samples, of shape [batch]
   */
  NDArray evaluate(NDArray labels, NDArray predictions, NDArray shares) {
    return ofEach(labels, predictions).mul(shares).sum();
  }

  /** The loss of each sample, of shape [batch]: cross-entropy in nats, or the squared error. */
  NDArray ofEach(NDArray labels, NDArray predictions) {
    NDArray losses =
        switch (target) {
          case CLASS -> predictions.logSoftmax(-1).gather(labels, 1).neg();
          case REAL, LOG -> labels.sub(predictions).square();
        };
    return losses.flatten();
  }
}
