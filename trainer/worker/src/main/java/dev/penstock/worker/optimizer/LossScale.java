package dev.penstock.worker.optimizer;

import dev.penstock.schemas.spec.training.Precision;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * By how much a loss is multiplied before gradients are taken, so that small ones are not lost in
 * float16, whose least positive number is 6e-8. Halved when a gradient overflows, whose step is
 * left out, and doubled when none has for long.
 *
 * <p>Micikevicius et al., Mixed Precision Training, ICLR 2018, section 3.2; the numbers are those
 * of PyTorch's {@code GradScaler}. In other precisions it is always 1.
 */
public final class LossScale {

  private static final double FIRST = 65_536;
  private static final int PATIENCE = 2_000;

  /** A loss that is not finite at the scale of 1 will not be at a smaller one. */
  private static final double LEAST = 1;

  private final boolean dynamic;
  private double factor;
  private int goodSteps;
  private long leftOut;

  private LossScale(boolean dynamic, double factor) {
    this.dynamic = dynamic;
    this.factor = factor;
  }

  /** That of a training's beginning. */
  public static LossScale of(Precision precision) {
    return precision == Precision.FLOAT16
        ? new LossScale(/* dynamic= */ true, FIRST)
        : new LossScale(/* dynamic= */ false, 1);
  }

  /** Whether it changes, so that gradients may overflow. */
  public boolean isDynamic() {
    return dynamic;
  }

  /** The factor of the next step. */
  public double factor() {
    return factor;
  }

  /** Steps that were left out so far. */
  public long leftOut() {
    return leftOut;
  }

  /** Follows a step whose gradients were finite. */
  public void stepped() {
    if (dynamic && ++goodSteps == PATIENCE) {
      factor *= 2;
      goodSteps = 0;
    }
  }

  /** Follows a step that was left out. */
  public void overflowed() {
    leftOut++;
    goodSteps = 0;
    factor = Math.max(LEAST, factor / 2);
  }

  /** Writes where it stands. */
  public void write(DataOutput out) throws IOException {
    out.writeDouble(factor);
    out.writeInt(goodSteps);
    out.writeLong(leftOut);
  }

  /** Goes on where another one was, which {@link #write} wrote. */
  public void read(DataInput in) throws IOException {
    factor = in.readDouble();
    goodSteps = in.readInt();
    leftOut = in.readLong();
  }
}
