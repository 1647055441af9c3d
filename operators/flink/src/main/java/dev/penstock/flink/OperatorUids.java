package dev.penstock.flink;

/** Operator uids: savepoints find state by them, so that none is ever changed after a release. */
public final class OperatorUids {

  public static final String SAMPLE_SOURCE = "sample-source";
  public static final String BLOCK_BUILDER = "block-builder";
  public static final String QUARANTINE_SINK = "quarantine-sink";
  public static final String TRIGGER = "trigger";
  public static final String DECISION_SINK = "decision-sink";
  public static final String SELECTION_PLANNER = "selection-planner";
  public static final String SELECTOR = "selector";
  public static final String TASK_ASSEMBLER = "task-assembler";
  public static final String TASK_SINK = "task-sink";
  public static final String OBSERVER = "observer";
  public static final String SLICE_EVALUATOR = "slice-evaluator";
  public static final String EVALUATION_SINK = "evaluation-sink";

  private OperatorUids() {}
}
