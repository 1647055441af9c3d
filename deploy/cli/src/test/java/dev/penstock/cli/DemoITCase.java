package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The newcomer's command, on the first samples of its stream. */
final class DemoITCase {

  @Test
  void showsTheWholeLoopAndLeavesNothingBehind() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, /* autoFlush= */ true, UTF_8));
    int exitCode;
    try {
      exitCode = Penstock.run("demo", "--samples", "1800");
    } finally {
      System.setOut(before);
    }

    assertThat(exitCode).isZero();
    assertThat(printed.toString(UTF_8))
        .contains("web UI at http://127.0.0.1:")
        .contains("clusters-demo-1 FIRED: 600 samples since the last trigger, as declared")
        .contains("clusters-demo-3 trained on 1,200 samples")
        .containsPattern("slice +4  clusters-demo  accuracy 0\\.9")
        .contains("3 decisions; first model after ");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }
}
