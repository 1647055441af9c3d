package dev.penstock.worker.downsampling;

import dev.penstock.core.downsampling.Kept;
import dev.penstock.worker.data.SampleWeights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Samples that were chosen to train on. Written and read again it is the same. Equality is by
 * identity.
 *
 * @param indexes in the buffer, ascending
 * @param weights of these samples; only their ratios matter
 */
public record Selection(int[] indexes, float[] weights) {

  private static final int FORMAT = 1;

  public Selection {
    if (indexes.length != weights.length) {
      throw new IllegalArgumentException(
          "weights must be as many as indexes, " + indexes.length + ", got " + weights.length);
    }
  }

  /** What was kept of members, by their indexes in the buffer. */
  static Selection of(int[] members, Kept kept) {
    int[] indexes = new int[kept.indexes().length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = members[kept.indexes()[i]];
    }
    return new Selection(indexes, kept.weights());
  }

  /**
   * What the samples count in the loss: the product of their weights.
   *
   * @param base of all samples in the buffer
   * @param size of the buffer
   */
  public SampleWeights times(SampleWeights base, int size) {
    if (isEqual() && base.isEqual()) {
      return SampleWeights.EQUAL;
    }
    float[] product = new float[size];
    for (int i = 0; i < indexes.length; i++) {
      product[indexes[i]] = weights[i] * base.of(indexes[i]);
    }
    return SampleWeights.of(product);
  }

  private boolean isEqual() {
    for (float weight : weights) {
      if (weight != weights[0]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the choice. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORMAT);
    out.writeInt(indexes.length);
    for (int i = 0; i < indexes.length; i++) {
      out.writeInt(indexes[i]);
      out.writeFloat(weights[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Selection read(DataInput in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("format must be " + FORMAT + ", got " + format);
    }
    int[] indexes = new int[in.readInt()];
    float[] weights = new float[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = in.readInt();
      weights[i] = in.readFloat();
    }
    return new Selection(indexes, weights);
  }

  @Override
  public String toString() {
    return "Selection of " + indexes.length + ", first " + Arrays.toString(first());
  }

  private int[] first() {
    return Arrays.copyOf(indexes, Math.min(indexes.length, 4));
  }
}
