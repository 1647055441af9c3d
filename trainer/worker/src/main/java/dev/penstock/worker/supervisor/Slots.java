package dev.penstock.worker.supervisor;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.worker.supervisor.TaskQueue.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainings that run at the same time, each on the device of its slot. */
final class Slots implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  private final Trainings trainings;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Deque<String> freeDevices;
  private final List<Running> running = new ArrayList<>();

  private record Running(Entry entry, String device, Future<ModelVersion> version) {}

  /** A training that has ended. */
  record Ended(Entry entry, ModelVersion version) {}

  Slots(WorkerSettings settings) {
    this.trainings = new Trainings(settings);
    this.freeDevices = new ArrayDeque<>(settings.devices());
  }

  boolean isFree() {
    return !freeDevices.isEmpty();
  }

  int busy() {
    return running.size();
  }

  /** Begins a task in a free slot. */
  void begin(Entry entry, Optional<ModelVersion> parent) {
    String device = freeDevices.remove();
    LOG.info("Training {} on {}", entry.task().getId(), device);
    Future<ModelVersion> version =
        executor.submit(() -> trainings.train(entry.task(), parent, device));
    running.add(new Running(entry, device, version));
  }

  /** Trainings that have ended and whose slots are not free yet, in the order of their begin. */
  List<Ended> ended() throws InterruptedException {
    List<Ended> ended = new ArrayList<>();
    for (Running training : running) {
      if (training.version.isDone()) {
        ended.add(new Ended(training.entry, version(training)));
      }
    }
    return ended;
  }

  private static ModelVersion version(Running training) throws InterruptedException {
    try {
      return training.version.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Task " + training.entry.task().getId() + " could not be given to a training",
          e.getCause());
    }
  }

  /** Frees the slot of a training that has ended. */
  void free(Ended ended) {
    running.removeIf(
        training -> {
          boolean it = training.entry == ended.entry;
          if (it) {
            freeDevices.add(training.device);
          }
          return it;
        });
  }

  /** Ends the trainings of tasks that are another worker's now, and frees their slots. */
  void abandon(Collection<TopicPartition> partitions) {
    for (Running training : List.copyOf(running)) {
      if (partitions.contains(training.entry.partition())) {
        LOG.warn("Gave up {}: its partition was taken away", training.entry.task().getId());
        training.version.cancel(/* mayInterruptIfRunning= */ true);
        trainings.abandon(training.entry.task());
        running.remove(training);
        freeDevices.add(training.device);
      }
    }
  }

  /** Ends all trainings. */
  @Override
  public void close() {
    trainings.close();
    executor.shutdownNow();
  }
}
