package dev.penstock.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Processes of which one runs another in the foreground. */
final class ChildProcessTest {

  private static final int SIGTERM_EXIT = 143;

  @Test
  void returnsTheExitCode() throws IOException, InterruptedException {
    assertThat(ChildProcess.run(new ProcessBuilder("sh", "-c", "exit 3"))).isEqualTo(3);
  }

  @Test
  void endsTheOtherProcessWhenItIsToldToEnd() throws IOException, InterruptedException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> parent.children().findAny().isPresent());
    List<ProcessHandle> children = parent.children().toList();

    parent.destroy();

    assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(parent.exitValue()).isEqualTo(SIGTERM_EXIT);
    assertThat(children).hasSize(1).noneMatch(ProcessHandle::isAlive);
  }

  /** Runs a process that ends by itself only after the test. */
  static final class Parent {

    public static void main(String[] args) throws IOException, InterruptedException {
      System.exit(ChildProcess.run(new ProcessBuilder("sleep", "300")));
    }
  }
}
