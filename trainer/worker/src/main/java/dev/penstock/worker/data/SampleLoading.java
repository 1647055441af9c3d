package dev.penstock.worker.data;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Samples that are being read into a buffer. They are there in parts, each the next of every
 * partition; which samples are in a part depends on the training set alone.
 */
public final class SampleLoading implements AutoCloseable {

  /** The first of so many parts must be there before a training can begin. */
  public static final int PARTS = 8;

  private static final long STOP_SECONDS = 10;

  private final List<Stretch> stretches;
  private final SampleBuffer buffer;
  private final ExecutorService fetchers;

  /** Samples read, by stretch. */
  private final int[] read;

  private long finishedAt = System.currentTimeMillis();
  private @Nullable Throwable failure;

  SampleLoading(List<Stretch> stretches, SampleBuffer buffer, ExecutorService fetchers) {
    this.stretches = stretches;
    this.buffer = buffer;
    this.fetchers = fetchers;
    this.read = new int[stretches.size()];
  }

  /** So many samples of the stretch are in the buffer. */
  synchronized void progress(Stretch stretch, int samples) {
    read[stretches.indexOf(stretch)] = samples;
    finishedAt = System.currentTimeMillis();
    notifyAll();
  }

  synchronized void fail(Throwable newFailure) {
    failure = newFailure;
    notifyAll();
  }

  /**
   * Waits for a part, and those before it.
   *
   * @return indexes in the buffer of its samples that have a label, ascending
   * @throws MissingSamplesException if the log does not have all samples
   */
  public int[] await(int part) throws InterruptedException {
    synchronized (this) {
      while (!isRead(part)) {
        if (failure instanceof MissingSamplesException missing) {
          throw missing;
        }
        if (failure != null) {
          throw new IllegalStateException("Samples could not be read", failure);
        }
        wait();
      }
    }
    return stretches.stream()
        .flatMapToInt(
            stretch ->
                IntStream.range(stretch.samples(part, PARTS), stretch.samples(part + 1, PARTS))
                    .map(i -> stretch.firstIndex() + i))
        .filter(buffer::isLabelled)
        .toArray();
  }

  /**
   * Waits for all samples.
   *
   * @throws MissingSamplesException if the log does not have them
   */
  public void awaitAll() throws InterruptedException {
    await(PARTS - 1);
  }

  private synchronized boolean isRead(int part) {
    for (int i = 0; i < read.length; i++) {
      if (read[i] < stretches.get(i).samples(part + 1, PARTS)) {
        return false;
      }
    }
    return true;
  }

  /** When the newest sample came, milliseconds. */
  public synchronized long finishedAt() {
    return finishedAt;
  }

  /** Ends the reading, if it has not ended. */
  @Override
  public void close() {
    if (isRead(PARTS - 1)) {
      fetchers.shutdown();
    } else {
      fetchers.shutdownNow();
    }
    try {
      fetchers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
