package dev.penstock.worker.request;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;

/** What a model version says of its task, whatever became of it. */
public final class TaskVersion {

  private TaskVersion() {}

  /**
   * A version that is finished now, without its outcome.
   *
   * @param worker that has worked on the task
   */
  public static ModelVersion.Builder of(TrainingTask task, String worker) {
    return ModelVersion.newBuilder()
        .setId(task.getId())
        .setPipeline(task.getPipeline())
        .setDecisionNumber(task.getDecisionNumber())
        .setTriggerNumber(task.getTriggerNumber())
        .setSliceTime(task.getSliceTime())
        .setBoundary(task.getBoundary())
        .setSeed(task.getSeed())
        .setWorker(worker)
        .setFinishedAt(System.currentTimeMillis());
  }
}
