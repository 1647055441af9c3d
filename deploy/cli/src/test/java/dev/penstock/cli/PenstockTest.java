package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PenstockTest {

  @TempDir Path directory;

  @Test
  void exitCodesTellWrongFilesAndWrongUsage() throws IOException {
    Path good =
        Files.writeString(
            directory.resolve("good.yaml"),
            """
            kind: pipeline
            name: p
            dataset: d
            trigger: {type: time, every: 1d}
            training: {model: {type: mlp}}
            """);
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "kind: pipeline\n");

    assertThat(Penstock.run("validate", good.toString())).isZero();
    assertThat(Penstock.run("validate", bad.toString())).isEqualTo(1);
    assertThat(Penstock.run("validate")).isEqualTo(2);
    assertThat(Penstock.run("no-such-command")).isEqualTo(2);
    assertThat(Penstock.run("describe", directory.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(Penstock.run("verify-golden", directory.toString())).isEqualTo(1);
    assertThat(Penstock.run("bench", "detectors", "--seeds", "1", "--samples", "1000")).isZero();
    assertThat(Penstock.run("bench", "detectors", "--samples", "10")).isEqualTo(1);
    assertThat(Penstock.run("--help")).isZero();
  }
}
