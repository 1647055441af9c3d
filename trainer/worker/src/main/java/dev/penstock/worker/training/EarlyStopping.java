package dev.penstock.worker.training;

import dev.penstock.models.Network;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.schemas.spec.training.HoldOutSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ends a training when the loss on samples that it does not see has not fallen for some epochs, and
 * keeps the weights of the best one.
 */
final class EarlyStopping {

  private final Optional<HoldOutSpec.EarlyStopping> spec;
  private double best = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private SortedMap<String, Tensor> bestWeights = new TreeMap<>();

  EarlyStopping(Optional<HoldOutSpec.EarlyStopping> spec) {
    this.spec = spec;
  }

  /**
   * Takes note of an epoch.
   *
   * @param loss on the held-out samples
   * @return whether the training goes on
   */
  boolean goesOnAfter(int epoch, double loss, Network network) {
    if (spec.isEmpty()) {
      return true;
    }
    if (loss < best - spec.get().minDelta()) {
      best = loss;
      bestEpoch = epoch;
      bestWeights = network.weights();
    }
    return epoch - bestEpoch < spec.get().patience();
  }

  /** Goes back to the weights of the best epoch, if one was looked for. */
  void restoreBest(Network network) {
    if (bestEpoch > 0) {
      network.setWeights(bestWeights);
    }
  }

  /** The best loss; {@code last} if none was looked for. */
  double bestOr(double last) {
    return bestEpoch > 0 ? best : last;
  }

  /** The best epoch; {@code last} if none was looked for. */
  int bestEpochOr(int last) {
    return bestEpoch > 0 ? bestEpoch : last;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(best);
    out.writeInt(bestEpoch);
    byte[] weights = Safetensors.write(bestWeights, Map.of());
    out.writeInt(weights.length);
    out.write(weights);
  }

  void read(DataInput in) throws IOException {
    best = in.readDouble();
    bestEpoch = in.readInt();
    byte[] weights = new byte[in.readInt()];
    in.readFully(weights);
    bestWeights = Safetensors.read(weights);
  }
}
