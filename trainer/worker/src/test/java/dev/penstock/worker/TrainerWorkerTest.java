package dev.penstock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a worker refuses before it asks for a task. */
final class TrainerWorkerTest {

  private final StringWriter errors = new StringWriter();

  @Test
  void refusesDevicesThatThereAreNot() {
    int exit = run("--device", "cpu,cuda:0");

    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).startsWith("--device must be cpu, gpu or gpu:N, got cuda:0");
  }

  @Test
  void refusesToHaveNoSlot() {
    int exit = run("--slots", "0");

    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).startsWith("--slots must be positive, got 0");
  }

  private int run(String option, String value) {
    return new CommandLine(new TrainerWorker())
        .setErr(new PrintWriter(errors, /* autoFlush= */ true))
        .execute(
            "--bootstrap-servers", "localhost:1", "--artifacts", "file:///nowhere", option, value);
  }
}
