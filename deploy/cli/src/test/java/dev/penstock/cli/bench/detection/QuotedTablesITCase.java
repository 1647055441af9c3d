package dev.penstock.cli.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about detectors quotes what {@code penstock bench detectors} prints. */
final class QuotedTablesITCase {

  private static final Path PAGE =
      Path.of("..", "..", "docs", "policies", "detectors", "README.md");

  @Test
  void quotesTheCommandsOutput() throws IOException {
    assertThat(Files.readString(PAGE)).contains(DetectorBenchmark.run(30, 20_000).toText());
  }
}
