package dev.penstock.worker.loop;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a training stands between two steps.
 *
 * @param epoch from 1
 * @param index samples of the epoch's order that are done
 * @param lossSum of these samples
 * @param passes samples so far, each as often as it was trained on
 */
public record Progress(int epoch, int index, double lossSum, long passes) {

  /** Before the first step. */
  public static final Progress START = new Progress(1, 0, 0, 0);

  Progress step(int samples, double loss) {
    return new Progress(epoch, index + samples, lossSum + samples * loss, passes + samples);
  }

  /** At the beginning of the next epoch. */
  public Progress nextEpoch() {
    return new Progress(epoch + 1, 0, 0, passes);
  }

  /** Mean loss of what is done of the epoch; 0 at its beginning. */
  public double meanLoss() {
    return lossSum / Math.max(1, index);
  }

  /** Writes it. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(epoch);
    out.writeInt(index);
    out.writeDouble(lossSum);
    out.writeLong(passes);
  }

  /** Reads what {@link #write} wrote. */
  public static Progress read(DataInput in) throws IOException {
    return new Progress(in.readInt(), in.readInt(), in.readDouble(), in.readLong());
  }
}
