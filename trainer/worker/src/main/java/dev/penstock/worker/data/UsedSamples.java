package dev.penstock.worker.data;

import dev.penstock.schemas.trainingset.SampleSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/**
 * Which samples of a training set were trained on: all that any epoch went through, with the
 * weights of the last that did.
 */
public final class UsedSamples {

  private final BitSet used;
  private final int size;

  /** Null: none had another weight than 1 so far. */
  private float @Nullable [] weights;

  private long passes;

  /**
   * None yet.
   *
   * @param size of the training set
   */
  public UsedSamples(int size) {
    this.size = size;
    this.used = new BitSet(size);
  }

  /** An epoch went through these. */
  public void add(int[] order, SampleWeights newWeights) {
    passes += order.length;
    if (weights == null && !newWeights.isEqual()) {
      weights = new float[size];
      Arrays.fill(weights, 1);
    }
    for (int index : order) {
      used.set(index);
      if (weights != null) {
        weights[index] = newWeights.of(index);
      }
    }
  }

  /** Number of different samples. */
  public int size() {
    return used.cardinality();
  }

  /** Number of samples, each as often as it was trained on. */
  public long passes() {
    return passes;
  }

  /**
   * The samples.
   *
   * @param set that the indexes are of, in the order of (partition, offset)
   */
  public SampleSet of(SampleSet set) {
    if (size() == size && Arrays.equals(set.weights().orElse(null), weights)) {
      return set;
    }
    SampleSet.Builder builder = SampleSet.builder();
    int index = 0;
    for (int partition : set.partitions()) {
      PrimitiveIterator.OfLong offsets = set.offsets(partition);
      for (; offsets.hasNext(); index++) {
        long offset = offsets.nextLong();
        if (used.get(index)) {
          builder.add(partition, offset);
        }
      }
    }
    if (weights != null) {
      builder.weights(usedWeights(weights));
    }
    return builder.build();
  }

  /** Writes the state, so that another one goes on from it. */
  public void write(DataOutput out) throws IOException {
    long[] words = used.toLongArray();
    out.writeInt(words.length);
    for (long word : words) {
      out.writeLong(word);
    }
    out.writeBoolean(weights != null);
    if (weights != null) {
      for (float weight : weights) {
        out.writeFloat(weight);
      }
    }
    out.writeLong(passes);
  }

  /** Goes on from what {@link #write} wrote of a training set of the same size. */
  public void read(DataInput in) throws IOException {
    long[] words = new long[in.readInt()];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.readLong();
    }
    used.clear();
    used.or(BitSet.valueOf(words));
    weights = in.readBoolean() ? new float[size] : null;
    if (weights != null) {
      for (int i = 0; i < size; i++) {
        weights[i] = in.readFloat();
      }
    }
    passes = in.readLong();
  }

  private float[] usedWeights(float[] all) {
    float[] result = new float[size()];
    int at = 0;
    for (int index = used.nextSetBit(0); index >= 0; index = used.nextSetBit(index + 1)) {
      result[at++] = all[index];
    }
    return result;
  }
}
