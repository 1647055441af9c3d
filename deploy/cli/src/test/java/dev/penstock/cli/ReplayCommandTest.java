package dev.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay says instead of beginning. */
final class ReplayCommandTest {

  @TempDir Path directory;
  private String dataset = "";
  private String pipeline = "";
  private String out = "";

  @BeforeEach
  void files() throws IOException {
    Files.writeString(directory.resolve("data.csv"), "x,label\n1,a\n2,b\n");
    dataset =
        write(
            "dataset.yaml",
            """
            kind: dataset
            name: letters
            source: {files: [data.csv], format: {type: csv, label: label}}
            """);
    pipeline = pipeline("letters");
    out = directory.resolve("runs").toString();
  }

  private String pipeline(String of) throws IOException {
    return write(
        of + "-pipeline.yaml",
        """
        kind: pipeline
        name: p
        dataset: %s
        trigger: {type: data-amount, num-samples: 1}
        training: {model: {type: mlp}}
        """
            .formatted(of));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void aRunThatIsNotThereCannotBeResumed() {
    assertThat(run(1, "--resume", "none"))
        .startsWith("replay: resume must be the id of a run in ")
        .endsWith(", got none\n");
  }

  @Test
  void aRunThatIsThereIsNotBegunAgain() throws IOException {
    Files.createDirectories(directory.resolve("runs/mine"));

    assertThat(run(1, "--dataset", dataset, "--pipeline", pipeline, "--run-id", "mine"))
        .startsWith("replay: run-id must be new, got mine, which is at ")
        .contains("--resume goes on with it");
  }

  @Test
  void aPipelineOfAnotherDatasetIsNotReplayed() throws IOException {
    String other = pipeline("numbers");

    assertThat(run(1, "--dataset", dataset, "--pipeline", other))
        .contains(other)
        .contains("dataset: must be letters, got numbers");
  }

  @Test
  void aTimeWithoutSamplesIsNotReplayed() {
    assertThat(
            run(1, "--dataset", dataset, "--pipeline", pipeline, "--from", "2001-01-01T00:00:00Z"))
        .isEqualTo("replay: dataset letters must have samples in the time to replay, got none\n");
  }

  @Test
  void wrongUsageIsTold() {
    assertThat(run(2)).startsWith("Give --dataset and --pipeline, or --resume");
    assertThat(run(2, "--resume", "mine", "--limit", "5")).startsWith("--resume takes what is");
    assertThat(run(2, "--dataset", dataset, "--pipeline", pipeline, "--limit", "0"))
        .startsWith("--limit must be positive, got 0");
    assertThat(run(2, "--dataset", dataset, "--pipeline", pipeline, "--run-id", "a/b"))
        .startsWith("--run-id must be letters, digits");
    assertThat(run(2, "--dataset", dataset, "--pipeline", pipeline, "--from", "May"))
        .contains("must be a time such as 2026-01-31 or 2026-01-31T12:00:00Z, got May");
  }

  /** What a replay prints to standard error. */
  private String run(int exitCode, String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, /* autoFlush= */ true, UTF_8));
    try {
      String[] all =
          Stream.concat(Stream.of("replay", "--out", out), Stream.of(args)).toArray(String[]::new);
      assertThat(Penstock.run(all)).isEqualTo(exitCode);
    } finally {
      System.setErr(before);
    }
    return printed.toString(UTF_8);
  }
}
