package dev.penstock.core.trigger.watching;

import dev.penstock.core.alarm.AlarmBudget;
import dev.penstock.core.criterion.Criterion;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.drift.Criteria;
import dev.penstock.schemas.spec.trigger.drift.CriterionSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * A criterion whose alarm stands until a training is triggered, if it is one that fires once, when
 * a score becomes bad: it would not fire again for what nobody has acted on.
 */
final class StandingCriterion {

  private final CriterionSpec spec;
  private final Criterion criterion;
  private final boolean firesOnce;
  private boolean fired;

  StandingCriterion(CriterionSpec spec, Direction direction) {
    this.spec = spec;
    this.criterion = Criteria.of(spec, direction);
    this.firesOnce =
        spec instanceof CriterionSpec.Hysteresis || spec instanceof CriterionSpec.Alarms;
  }

  String stateFormat() {
    return spec.getClass().getSimpleName();
  }

  boolean needsCalibration() {
    return spec.needsCalibration();
  }

  Decision judge(double score, long time) {
    Decision decision = criterion.judge(score, time);
    fired = decision.fired() || (firesOnce && fired);
    return new Decision(decision.score(), decision.threshold(), fired);
  }

  void triggered() {
    fired = false;
  }

  /** The share of the budget of false alarms that the last period has spent; empty: no budget. */
  OptionalDouble spentBudget() {
    return criterion instanceof AlarmBudget budget
        ? OptionalDouble.of(budget.spentShare())
        : OptionalDouble.empty();
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(fired);
    criterion.write(out);
  }

  void read(DataInput in) throws IOException {
    fired = in.readBoolean();
    criterion.read(in);
  }
}
