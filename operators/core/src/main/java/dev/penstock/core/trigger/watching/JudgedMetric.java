package dev.penstock.core.trigger.watching;

import dev.penstock.core.criterion.Decision;
import dev.penstock.core.drift.Criteria;
import dev.penstock.core.drift.DriftMeasure;
import dev.penstock.core.drift.DriftMeasures;
import dev.penstock.core.drift.Score;
import dev.penstock.schemas.spec.trigger.drift.DriftMetricSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/** A drift metric and what judges it. */
final class JudgedMetric {

  private final String name;
  private final DriftMetricSpec.Judged spec;
  private final DriftMeasure measure;
  private final StandingCriterion criterion;

  /** The reference that was compared with last; not part of the state. */
  private double[][] reference = {};

  private DriftMeasure.Prepared prepared;

  JudgedMetric(String name, DriftMetricSpec.Judged spec) {
    this.name = name;
    this.spec = spec;
    this.measure = DriftMeasures.of(spec.metric());
    this.prepared = measure.prepare(reference);
    this.criterion = new StandingCriterion(spec.criterion(), measure.direction());
  }

  String name() {
    return name;
  }

  String stateFormat() {
    return name + " " + spec.metric().type() + " " + criterion.stateFormat();
  }

  boolean needsCalibration() {
    return criterion.needsCalibration();
  }

  /**
   * Scores samples. What depends on the reference alone is found once while it is of the same rows,
   * in that it is of the same arrays.
   */
  Score measure(double[][] reference, double[][] current, long seed) {
    if (!isSame(reference)) {
      this.reference = reference;
      prepared = measure.prepare(reference);
    }
    return prepared.measure(current, seed);
  }

  private boolean isSame(double[][] other) {
    boolean same = other.length == reference.length;
    for (int i = 0; same && i < other.length; i++) {
      same = other[i] == reference[i];
    }
    return same;
  }

  /** Judges a score; the decision also fires for a drift that was found before and not trained. */
  Decision judge(Score score, long time) {
    return criterion.judge(Criteria.judged(spec.criterion(), score), time);
  }

  /** The share of the budget of false alarms that the last period has spent; empty: no budget. */
  OptionalDouble spentBudget() {
    return criterion.spentBudget();
  }

  void triggered() {
    criterion.triggered();
  }

  void write(DataOutput out) throws IOException {
    criterion.write(out);
  }

  void read(DataInput in) throws IOException {
    criterion.read(in);
  }
}
