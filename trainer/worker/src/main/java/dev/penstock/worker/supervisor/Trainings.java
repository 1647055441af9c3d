package dev.penstock.worker.supervisor;

import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.spec.InvalidSpecException;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.worker.request.TaskVersion;
import dev.penstock.worker.request.TrainingRequest;
import dev.penstock.worker.supervisor.TrainingChild.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains tasks, each in a process of its own, several at the same time. One process is started
 * ahead, so that a task does not wait for the engine to load.
 */
final class Trainings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trainings.class);

  /**
   * A process may be killed for memory or by hand: that is worth another try, not an endless one.
   */
  private static final int MAX_ATTEMPTS = 3;

  private final WorkerSettings settings;
  private final Map<String, TrainingChild> running = new HashMap<>();
  private @Nullable TrainingChild standby;
  private boolean closed;

  Trainings(WorkerSettings settings) {
    this.settings = settings;
    this.standby = start();
  }

  /** Trains a task to a model version, be it a failed one; blocks until that is there. */
  ModelVersion train(TrainingTask task, Optional<ModelVersion> newestBefore, String device)
      throws InterruptedException {
    long startedAt = System.currentTimeMillis();
    Optional<ModelVersion> parent;
    try {
      parent =
          SpecJson.readTraining(task.getTraining()).usePreviousModel()
              ? newestBefore
              : Optional.empty();
    } catch (InvalidSpecException e) {
      return failed(task, startedAt, e.getMessage());
    }
    TrainingRequest request =
        new TrainingRequest(
            task, parent, settings.kafka(), settings.artifacts(), settings.training().on(device));
    String how = "";
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Outcome outcome = attempt(request);
      if (outcome instanceof Outcome.Trained trained) {
        return trained.version();
      }
      if (outcome instanceof Outcome.Failed failed) {
        return failed(task, startedAt, failed.reason());
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("Task " + task.getId() + " was given up");
      }
      if (outcome instanceof Outcome.Died died) {
        how = died.how();
        LOG.warn("Task {}: {}, attempt {} of {}", task.getId(), how, attempt, MAX_ATTEMPTS);
      }
    }
    return failed(task, startedAt, how + ", " + MAX_ATTEMPTS + " times");
  }

  private Outcome attempt(TrainingRequest request) throws InterruptedException {
    String id = request.task().getId();
    TrainingChild child = next(id);
    try (child) {
      return child.train(request);
    } finally {
      finished(id, child);
    }
  }

  private synchronized TrainingChild next(String id) throws InterruptedException {
    // A task that is given up is interrupted first: either it is seen here, or its process there.
    if (closed || Thread.interrupted()) {
      throw new InterruptedException("Task " + id + " was given up");
    }
    TrainingChild child = standby;
    if (child == null || !child.isAlive()) {
      child = start();
    }
    standby = null;
    running.put(id, child);
    return child;
  }

  private synchronized void finished(String id, TrainingChild child) {
    running.remove(id, child);
    if (!closed && standby == null) {
      standby = start();
    }
  }

  private TrainingChild start() {
    try {
      return TrainingChild.start(
          settings.memory(), settings.training().threads(), settings.directory());
    } catch (IOException e) {
      throw new UncheckedIOException("Training process could not be started", e);
    }
  }

  private ModelVersion failed(TrainingTask task, long startedAt, @Nullable String reason) {
    LOG.warn("Task {} failed: {}", task.getId(), reason);
    return TaskVersion.of(task, settings.training().worker())
        .setStatus(ModelStatus.FAILED)
        .setReason(String.valueOf(reason))
        .setTrainedSamples(0)
        .setTrainingSetDigest("")
        .setStartedAt(startedAt)
        .setMetrics(Map.of())
        .build();
  }

  /** Ends the task's training if it runs; its thread has been interrupted. */
  synchronized void abandon(TrainingTask task) {
    TrainingChild child = running.get(task.getId());
    if (child != null) {
      child.close();
    }
  }

  /** Ends the processes. */
  @Override
  public synchronized void close() {
    closed = true;
    running.values().forEach(TrainingChild::close);
    if (standby != null) {
      standby.close();
    }
  }
}
