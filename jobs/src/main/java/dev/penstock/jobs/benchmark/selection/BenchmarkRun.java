package dev.penstock.jobs.benchmark.selection;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the job of a run and who measures it know of each other. They share a process, and Flink
 * makes functions of their bytes: hence the static register.
 */
final class BenchmarkRun {

  private static final Map<String, BenchmarkRun> RUNS = new ConcurrentHashMap<>();
  private static final long POLL_MILLIS = 2;

  private final Map<Long, Long> decisions = new ConcurrentHashMap<>();
  private final Map<Long, Long> tasks = new ConcurrentHashMap<>();
  private CompletableFuture<Void> open = new CompletableFuture<>();
  private long limit;
  private long emitted;

  static BenchmarkRun of(String name) {
    return RUNS.computeIfAbsent(name, absent -> new BenchmarkRun());
  }

  static void forget(String name) {
    RUNS.remove(name);
  }

  /** Lets the source emit so many blocks in all. */
  synchronized void allow(long blocks) {
    limit = blocks;
    open.complete(null);
    open = new CompletableFuture<>();
  }

  synchronized boolean mayEmit() {
    return emitted < limit;
  }

  /** Completes when more may be emitted. */
  synchronized CompletableFuture<Void> opened() {
    return mayEmit() ? CompletableFuture.completedFuture(null) : open;
  }

  synchronized void countBlock() {
    emitted++;
  }

  private synchronized boolean isEmitted() {
    return emitted >= limit;
  }

  void awaitBlocks(long timeoutSeconds) throws InterruptedException {
    await(this::isEmitted, timeoutSeconds);
  }

  void awaitTasks(int count, long timeoutSeconds) throws InterruptedException {
    await(() -> tasks.size() >= count, timeoutSeconds);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, long timeoutSeconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Job must come on within " + timeoutSeconds + " s");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  void decided(long decision) {
    decisions.put(decision, System.nanoTime());
  }

  void assembled(long decision) {
    tasks.put(decision, System.nanoTime());
  }

  /** Milliseconds from the last decision to its task. */
  double lastMillis() {
    long last = tasks.keySet().stream().mapToLong(number -> number).max().orElseThrow();
    long nanos = tasks.getOrDefault(last, 0L) - decisions.getOrDefault(last, 0L);
    return nanos / 1e6;
  }
}
