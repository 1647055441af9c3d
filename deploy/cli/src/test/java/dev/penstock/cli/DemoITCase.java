package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The newcomer's command, on the first samples of its stream. */
final class DemoITCase {

  @Test
  void showsTheWholeLoopAndLeavesNothingBehind() {
    Printed printed = Printed.by(List.of("demo", "--samples", "1800"));

    assertThat(printed.exitCode()).as(printed.errors()).isZero();
    assertThat(printed.text())
        .contains("web UI at http://127.0.0.1:")
        .contains("clusters-demo-1 FIRED: 600 samples since the last trigger, as declared")
        .contains("clusters-demo-3 trained on 1,200 samples")
        .containsPattern("slice +4  clusters-demo  accuracy 0\\.9")
        .contains("3 decisions; first model after ");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }
}
