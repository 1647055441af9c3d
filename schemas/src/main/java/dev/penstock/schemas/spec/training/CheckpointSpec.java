package dev.penstock.schemas.spec.training;

import dev.penstock.schemas.spec.check.Fields;
import java.time.Duration;

/** How often a training is saved on its way, so that it can go on after its process was killed. */
public sealed interface CheckpointSpec {

  /** After every so many steps. */
  record Steps(long every) implements CheckpointSpec {

    public Steps {
      Fields.atLeast("every", every, 1);
    }
  }

  /** After the first step when so much time has passed. */
  record Time(Duration every) implements CheckpointSpec {

    public Time {
      Fields.check(!every.isNegative() && !every.isZero(), "every", "positive", every);
    }
  }
}
