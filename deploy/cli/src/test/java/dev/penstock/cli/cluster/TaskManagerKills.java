package dev.penstock.cli.cluster;

import java.io.IOException;
import java.util.SplittableRandom;

/** SIGKILLs of the TaskManager at random moments of a stream, each of which is replaced at once. */
final class TaskManagerKills implements LiveStream.Disturbance {

  private final SplittableRandom random;
  private final LocalStack stack;
  private final int number;
  private final long apart;
  private Process victim;
  private int done;
  private long next;

  /**
   * Kills to be done.
   *
   * @param first the TaskManager that runs
   * @param number of kills
   * @param apart at least so many samples lie between two, at most twice as many
   */
  TaskManagerKills(LocalStack stack, Process first, int number, long apart, long seed) {
    this.stack = stack;
    this.victim = first;
    this.number = number;
    this.apart = apart;
    this.random = new SplittableRandom(seed);
    this.next = apart + random.nextLong(apart);
  }

  @Override
  public void after(long samples) throws IOException, InterruptedException {
    if (samples < next || done == number) {
      return;
    }
    stack.forget(victim);
    victim.destroyForcibly().waitFor();
    done++;
    victim = stack.startTaskManager("taskmanager-" + (done + 1));
    next += apart + random.nextLong(apart);
  }

  /** Kills so far. */
  int done() {
    return done;
  }
}
