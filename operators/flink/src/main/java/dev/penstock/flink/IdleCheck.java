package dev.penstock.flink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/** Finds partitions from which nothing has come for too long, by the wall clock. */
public final class IdleCheck {

  /** Checks within the time that a partition may be quiet. */
  private static final int CHECKS = 4;

  private final ProcessingTimeService clock;
  private final long[] lastActive;
  private final @Nullable Duration idleAfter;

  /**
   * A check that counts from now on.
   *
   * @param clock of the operator
   * @param idleAfter how long a partition may be quiet; null: without limit
   */
  public IdleCheck(ProcessingTimeService clock, int partitions, @Nullable Duration idleAfter) {
    this.clock = clock;
    this.lastActive = new long[partitions];
    this.idleAfter = idleAfter;
    Arrays.fill(lastActive, clock.getCurrentProcessingTime());
  }

  /** Something has come from the partition. */
  public void active(int partition) {
    lastActive[partition] = clock.getCurrentProcessingTime();
  }

  /** Tells of the partitions that are quiet at present, again and again. */
  public void start(Consumer<List<Integer>> quiet) {
    if (idleAfter != null) {
      schedule(quiet, idleAfter.toMillis());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a timer that fails, fails the task
  private void schedule(Consumer<List<Integer>> quiet, long idleMillis) {
    clock.registerTimer(
        clock.getCurrentProcessingTime() + Math.max(1, idleMillis / CHECKS),
        time -> {
          quiet.accept(quietSince(time - idleMillis));
          schedule(quiet, idleMillis);
        });
  }

  private List<Integer> quietSince(long time) {
    List<Integer> quiet = new ArrayList<>();
    for (int partition = 0; partition < lastActive.length; partition++) {
      if (lastActive[partition] <= time) {
        quiet.add(partition);
      }
    }
    return quiet;
  }
}
