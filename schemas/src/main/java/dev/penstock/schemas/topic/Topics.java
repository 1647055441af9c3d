package dev.penstock.schemas.topic;

import static java.util.Objects.requireNonNull;

/**
 * Names of Penstock's own topics: the only place where they are written. The sample log is named by
 * its dataset.
 *
 * @param prefix put before every name, so that several Penstocks can share a Kafka cluster; empty
 *     or ending in a dot or hyphen
 */
public record Topics(String prefix) {

  public Topics {
    requireNonNull(prefix, "prefix is null");
  }

  /** The ledger: Decision by pipeline. */
  public String decisions() {
    return prefix + "decisions";
  }

  /** TrainingTask by pipeline: one partition holds all tasks of a pipeline, in order. */
  public String trainingTasks() {
    return prefix + "training-tasks";
  }

  /** ModelVersion by pipeline. */
  public String modelVersions() {
    return prefix + "model-versions";
  }

  /** Evaluation by pipeline. */
  public String evaluations() {
    return prefix + "evaluations";
  }

  /** Quarantined by the record's own key. */
  public String quarantine() {
    return prefix + "quarantine";
  }
}
