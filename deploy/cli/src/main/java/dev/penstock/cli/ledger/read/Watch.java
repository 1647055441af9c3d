package dev.penstock.cli.ledger.read;

import dev.penstock.kafka.TopicReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Follows a topic until Ctrl-C: that is how a watch ends, so that its exit code is 0. */
public final class Watch {

  /** A line that is just being printed needs less. */
  private static final long LAST_LINE_SECONDS = 2;

  private Watch() {}

  /** Hands on what comes, until Ctrl-C, or until nobody reads the standard output any more. */
  public static void follow(TopicReader reader, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(reader, ended), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      while (!System.out.checkError()) {
        reader.poll().forEach(records);
      }
    } catch (WakeupException e) {
      // Ctrl-C.
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  private static void end(TopicReader reader, CountDownLatch ended) {
    reader.wakeup();
    try {
      boolean unused = ended.await(LAST_LINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs.
    }
  }
}
