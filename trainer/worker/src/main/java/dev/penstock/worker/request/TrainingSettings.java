package dev.penstock.worker.request;

/**
 * What a worker's operator decides about trainings.
 *
 * @param worker id of the worker
 * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param threads of the engine: weights depend on it, so that it is part of the model card
 * @param fetchers threads that read samples
 */
public record TrainingSettings(String worker, String device, int threads, int fetchers) {

  /** The same on another device. */
  public TrainingSettings on(String other) {
    return new TrainingSettings(worker, other, threads, fetchers);
  }
}
