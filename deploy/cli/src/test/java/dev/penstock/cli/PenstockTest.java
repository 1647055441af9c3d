package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"lineage", "models show", "models export", "models rollback"})
  void helpTellsWhatAModelIsCalled(String command) {
    assertThat(help(command)).contains("an id such as sea-12, or sea@champion, or sea@previous");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"models list", "models show", "models export", "models rollback", "models gc"})
  void usageTellsThatModelsNeedTheirStore(String command) {
    assertThat(help(command)).contains(" --artifacts=URI ").doesNotContain("[--artifacts=URI]");
  }

  private static String help(String command) {
    List<String> args = new ArrayList<>(List.of(command.split(" ", -1)));
    args.add("--help");
    return Printed.by(args).prose();
  }
}
