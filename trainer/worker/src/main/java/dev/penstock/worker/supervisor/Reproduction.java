package dev.penstock.worker.supervisor;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.supervisor.TrainingChild.Outcome;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a task once more, as a worker does: in a process of its own. */
public final class Reproduction {

  private Reproduction() {}

  /**
   * Trains.
   *
   * @param memory heap of the process, such as 2g
   * @param directory for temporary files
   * @throws IllegalStateException if there is no model
   */
  public static ModelVersion train(TrainingRequest request, String memory, Path directory)
      throws IOException, InterruptedException {
    try (TrainingChild child =
        TrainingChild.start(memory, request.settings().threads(), directory)) {
      Outcome outcome = child.train(request);
      if (outcome instanceof Outcome.Trained trained) {
        return trained.version();
      }
      throw new IllegalStateException(
          outcome instanceof Outcome.Failed failed ? failed.reason() : outcome.toString());
    }
  }
}
