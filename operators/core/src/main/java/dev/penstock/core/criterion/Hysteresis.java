package dev.penstock.core.criterion;

import dev.penstock.core.stats.Require;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Fires once when a score becomes bad, and not again before it has been good.
 *
 * <p>Armed, it fires on {@code score > fire} and is disarmed; disarmed, it is armed by {@code score
 * < rearm}. Mirrored for scores that are worse when lower. Between the two levels nothing changes,
 * so that a score that wavers about one level does not fire again and again. Schmitt: A thermionic
 * trigger, Journal of Scientific Instruments 15, 1938. Constant time and memory.
 */
public final class Hysteresis implements Criterion {

  private final Settings settings;
  private boolean armed = true;

  /**
   * Its levels, in the unit of the score; neither has a default.
   *
   * @param fire beyond which it fires
   * @param rearm before which it is armed again; not beyond {@code fire}
   * @param direction which scores are bad
   */
  public record Settings(double fire, double rearm, Direction direction) {

    public Settings {
      Require.finite("fire", fire);
      Require.finite("rearm", rearm);
      String demand = (direction == Direction.HIGH ? "at most" : "at least") + " fire, " + fire;
      Require.check(direction.excess(rearm, fire) <= 0, "rearm", demand, rearm);
    }
  }

  public Hysteresis(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Decision judge(double score) {
    Require.finite("score", score);
    boolean fired = armed && settings.direction.excess(score, settings.fire) > 0;
    if (fired) {
      armed = false;
    } else if (settings.direction.excess(score, settings.rearm) < 0) {
      armed = true;
    }
    return Decision.of(score, settings.fire, fired);
  }

  /** The next bad score fires. */
  public boolean isArmed() {
    return armed;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(armed);
  }

  @Override
  public void read(DataInput in) throws IOException {
    armed = in.readBoolean();
  }
}
