package dev.penstock.worker.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** Samples that are being read into a buffer, part by part. */
public final class SampleLoading implements AutoCloseable {

  private static final long STOP_SECONDS = 10;

  private final Parts parts;
  private final SampleBuffer buffer;
  private final ExecutorService fetchers;

  /** Of the fetchers: an interrupt would leave them without a clean close. */
  private final List<KafkaConsumer<?, ?>> consumers = new ArrayList<>();

  /** Blocks that are still to be read, by part. */
  private final int[] left;

  private long finishedAt = System.currentTimeMillis();
  private @Nullable Throwable failure;

  SampleLoading(Parts parts, SampleBuffer buffer, ExecutorService fetchers) {
    this.parts = parts;
    this.buffer = buffer;
    this.fetchers = fetchers;
    this.left = new int[parts.count()];
    parts.partitions().forEach(blocks -> blocks.forEach(block -> left[block.part()]++));
  }

  /** A fetcher begins; if the reading has ended meanwhile, it stops at its first poll. */
  synchronized void begin(KafkaConsumer<?, ?> consumer) {
    consumers.add(consumer);
    if (fetchers.isShutdown()) {
      consumer.wakeup();
    }
  }

  /** The samples of the block are in the buffer. */
  synchronized void done(Block block) {
    left[block.part()]--;
    finishedAt = System.currentTimeMillis();
    notifyAll();
  }

  /** The reading has failed, for the first reason that is given. */
  synchronized void fail(Throwable newFailure) {
    failure = failure == null ? newFailure : failure;
    notifyAll();
  }

  /** Number of parts. */
  public int parts() {
    return parts.count();
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
    return Arrays.stream(parts.indexes(part)).filter(buffer::isLabelled).toArray();
  }

  /**
   * Waits for all samples.
   *
   * @throws MissingSamplesException if the log does not have them
   */
  public void awaitAll() throws InterruptedException {
    await(parts.count() - 1);
  }

  private synchronized boolean isRead(int part) {
    return IntStream.rangeClosed(0, part).allMatch(i -> left[i] == 0);
  }

  /** When the newest sample came, milliseconds. */
  public synchronized long finishedAt() {
    return finishedAt;
  }

  /** Ends the reading, if it has not ended. */
  @Override
  public void close() {
    fetchers.shutdown();
    synchronized (this) {
      if (!isRead(parts.count() - 1)) {
        consumers.forEach(KafkaConsumer::wakeup);
      }
    }
    try {
      fetchers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
