package dev.penstock.cli.process;

import java.io.IOException;

/**
 * A process in the foreground that ends with this one: on its own terminal, and told to end too.
 */
public final class ChildProcess {

  private ChildProcess() {}

  /** Runs a process and returns its exit code. */
  public static int run(ProcessBuilder command) throws IOException, InterruptedException {
    try (EndOfProcess end = new EndOfProcess()) {
      Process process = command.inheritIO().start();
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        // This process is told to end: the other one cleans up first.
        process.destroy();
        return process.waitFor();
      }
    }
  }
}
