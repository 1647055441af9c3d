package dev.penstock.core.trigger.watching;

import dev.penstock.core.criterion.AvoidableMisclassifications;
import dev.penstock.core.criterion.AvoidableMisclassifications.Reduction;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.criterion.Direction;
import dev.penstock.core.criterion.MisclassificationBudget;
import dev.penstock.schemas.spec.trigger.AvoidableSpec;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.Mode;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec.PerformanceCriterion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;

/** What judges a block by how the model did on it, or will do on the next. */
sealed interface JudgedPerformance {

  static JudgedPerformance of(PerformanceCriterion spec, Mode mode) {
    if (spec instanceof PerformanceCriterion.OfMetric ofMetric) {
      return new OfMetric(ofMetric, mode);
    }
    if (spec instanceof PerformanceCriterion.Misclassifications misclassifications) {
      return new Misclassifications(misclassifications, mode);
    }
    throw new IllegalArgumentException("No criterion for " + spec);
  }

  static AvoidableMisclassifications avoidable(AvoidableSpec spec) {
    return new AvoidableMisclassifications(
        spec.expectedAccuracy().map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        spec.allowReduction() ? Reduction.ALLOWED : Reduction.REFUSED);
  }

  /** What is judged, for the reader. */
  String subject();

  String stateFormat();

  boolean needsCalibration();

  /** Judges a block that has samples which were scored. */
  Decision judge(BlockPerformance block, Outlook outlook, long time);

  void triggered();

  void write(DataOutput out) throws IOException;

  void read(DataInput in) throws IOException;

  /** Of a metric's value. */
  final class OfMetric implements JudgedPerformance {

    private final PerformanceCriterion.OfMetric spec;
    private final Mode mode;
    private final StandingCriterion criterion;

    private OfMetric(PerformanceCriterion.OfMetric spec, Mode mode) {
      this.spec = spec;
      this.mode = mode;
      this.criterion =
          new StandingCriterion(
              spec.criterion(),
              switch (spec.metric().worse()) {
                case HIGHER -> Direction.HIGH;
                case LOWER -> Direction.LOW;
              });
    }

    @Override
    public String subject() {
      return (mode == Mode.LOOKAHEAD ? "next " : "")
          + spec.metric().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String stateFormat() {
      return spec.metric() + " " + criterion.stateFormat();
    }

    @Override
    public boolean needsCalibration() {
      return criterion.needsCalibration();
    }

    @Override
    public Decision judge(BlockPerformance block, Outlook outlook, long time) {
      double now = block.value(spec.metric());
      double score = mode == Mode.LOOKAHEAD ? outlook.ofNextBlock().orElse(now) : now;
      return criterion.judge(score, time);
    }

    @Override
    public void triggered() {
      criterion.triggered();
    }

    @Override
    public void write(DataOutput out) throws IOException {
      criterion.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      criterion.read(in);
    }
  }

  /** Of the misclassifications that a new model would have avoided. */
  final class Misclassifications implements JudgedPerformance {

    private final Mode mode;
    private final MisclassificationBudget budget;

    private Misclassifications(PerformanceCriterion.Misclassifications spec, Mode mode) {
      this.mode = mode;
      this.budget = new MisclassificationBudget(spec.threshold(), avoidable(spec.avoidable()));
    }

    @Override
    public String subject() {
      return "avoidable misclassifications";
    }

    @Override
    public String stateFormat() {
      return "misclassifications";
    }

    @Override
    public boolean needsCalibration() {
      return false;
    }

    @Override
    public Decision judge(BlockPerformance block, Outlook outlook, long time) {
      long misclassified = block.misclassified();
      OptionalDouble next = outlook.ofNextBlock();
      if (mode == Mode.LOOKAHEAD && next.isPresent()) {
        misclassified = Math.round((1 - next.getAsDouble()) * block.samples());
      }
      return budget.judge(block.samples(), misclassified, outlook.ofNewModel());
    }

    @Override
    public void triggered() {
      budget.onTrigger();
    }

    @Override
    public void write(DataOutput out) throws IOException {
      budget.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      budget.read(in);
    }
  }
}
