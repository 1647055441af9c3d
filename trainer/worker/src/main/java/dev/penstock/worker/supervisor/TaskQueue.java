package dev.penstock.worker.supervisor;

import dev.penstock.schemas.TrainingTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The tasks that a worker has been given and that have no version yet. Pipelines take turns, though
 * they may share a partition; the tasks of one are worked off one after the other. A partition's
 * offset moves on over what is done without a gap, so that no task is forgotten.
 *
 * <p>Only so many tasks of a partition are held: a pipeline whose first task lies beyond them waits
 * until those before it are done.
 */
final class TaskQueue {

  /** Tasks of a partition, done out of order or not, among which pipelines are told apart. */
  static final int MAX_TASKS = 64;

  /** Training sets may lie in the tasks. */
  static final long MAX_BYTES = 4L << 20;

  private final Map<TopicPartition, Deque<Entry>> partitions = new HashMap<>();
  private final Map<String, Long> lastTurns = new HashMap<>();
  private long turns;

  /** A task on its way to a version. */
  static final class Entry {

    private final TopicPartition partition;
    private final long offset;
    private final int bytes;
    private final TrainingTask task;
    private State state = State.WAITING;

    private Entry(TopicPartition partition, long offset, int bytes, TrainingTask task) {
      this.partition = partition;
      this.offset = offset;
      this.bytes = bytes;
      this.task = task;
    }

    TopicPartition partition() {
      return partition;
    }

    TrainingTask task() {
      return task;
    }

    private String pipeline() {
      return task.getPipeline();
    }
  }

  private enum State {
    WAITING,
    TAKEN,
    DONE
  }

  /** Adds the task after those of its partition that were added before. */
  void add(TopicPartition partition, long offset, int bytes, TrainingTask task) {
    partitions
        .computeIfAbsent(partition, key -> new ArrayDeque<>())
        .add(new Entry(partition, offset, bytes, task));
  }

  /** Whether no more tasks of the partition should be added now. */
  boolean isFull(TopicPartition partition) {
    Deque<Entry> entries = partitions.getOrDefault(partition, new ArrayDeque<>());
    return entries.size() >= MAX_TASKS
        || entries.stream().mapToLong(entry -> entry.bytes).sum() >= MAX_BYTES;
  }

  /**
   * Takes the next task: of the pipelines that have one waiting and none taken, the first one of
   * that which had its turn longest ago.
   */
  Optional<Entry> take() {
    Optional<Entry> next =
        candidates().stream()
            .min(
                Comparator.comparingLong(
                        (Entry entry) -> lastTurns.getOrDefault(entry.pipeline(), 0L))
                    .thenComparingLong(entry -> entry.task.getSliceTime())
                    .thenComparing(Entry::pipeline));
    next.ifPresent(
        entry -> {
          entry.state = State.TAKEN;
          lastTurns.put(entry.pipeline(), ++turns);
        });
    return next;
  }

  /** The first task of each pipeline that is not done, if it waits. */
  private List<Entry> candidates() {
    List<Entry> candidates = new ArrayList<>();
    for (Deque<Entry> entries : partitions.values()) {
      Map<String, Entry> first = new HashMap<>();
      for (Entry entry : entries) {
        if (entry.state != State.DONE) {
          first.putIfAbsent(entry.pipeline(), entry);
        }
      }
      first.values().stream()
          .filter(entry -> entry.state == State.WAITING)
          .forEach(candidates::add);
    }
    return candidates;
  }

  /** Lets a task wait again. */
  void giveBack(Entry entry) {
    entry.state = State.WAITING;
  }

  /**
   * Where its partition is to go on if this task is done, whoever has it then: after all tasks that
   * are done without a gap. If one before it is not done, where it stands now: the offset is
   * written all the same, for the broker then refuses it to a worker that does not own the
   * partition any more.
   */
  long offsetWith(Entry done) {
    for (Entry entry : entries(done.partition)) {
      if (entry.state != State.DONE && entry != done) {
        return entry.offset;
      }
    }
    return entries(done.partition).getLast().offset + 1;
  }

  /** The task has its version. */
  void done(Entry entry) {
    entry.state = State.DONE;
    Deque<Entry> entries = entries(entry.partition);
    while (!entries.isEmpty() && entries.getFirst().state == State.DONE) {
      entries.removeFirst();
    }
  }

  private Deque<Entry> entries(TopicPartition partition) {
    Deque<Entry> entries = partitions.get(partition);
    if (entries == null) {
      throw new IllegalStateException("partition must be assigned, got " + partition);
    }
    return entries;
  }

  /** Forgets partitions that another worker has now. */
  void forget(Collection<TopicPartition> revoked) {
    partitions.keySet().removeAll(revoked);
  }

  /** Tasks that wait or are taken. */
  int size() {
    return partitions.values().stream()
        .mapToInt(
            entries -> (int) entries.stream().filter(entry -> entry.state != State.DONE).count())
        .sum();
  }
}
