package dev.penstock.cli.process;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a command clean up when the process is told to end: until it is closed, Ctrl-C interrupts
 * the thread that made it and waits for its being closed.
 */
public final class EndOfProcess implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  /** Watches for the end of the process. */
  public EndOfProcess() {
    Thread main = Thread.currentThread();
    hook = new Thread(() -> end(main), "end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end(Thread main) {
    main.interrupt();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends: the hook has run.
    }
  }
}
