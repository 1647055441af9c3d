package dev.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics has a row for each that the jobs' operators register, and no other. */
final class MetricsPageITCase {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(RegisteredMetrics.configuration())
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  @Test
  void hasARowForEveryMetricOfBothJobs() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      try (SampleLog log = new SampleLog(broker, "measured-samples", 2)) {
        for (int i = 0; i < 1_500; i++) {
          log.append(log.sample());
        }
        log.end();
      }
      String[] arguments =
          new TrainingRun(broker, directory).arguments("measured", "measured-", 1, "PT0.2S", "now");

      ContinuousTrainingJob.main(arguments);
      EvaluationJob.main(arguments);
    }

    assertThat(RegisteredMetrics.rows()).isNotEmpty().isEqualTo(documented());
  }

  /** Operator, name, type and labels of the page's rows; unit and meaning are for people. */
  private static SortedSet<String> documented() throws IOException {
    SortedSet<String> rows = new TreeSet<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 8 && cells[2].strip().startsWith("`")) {
        rows.add(
            String.join(" | ", Arrays.stream(cells, 1, 5).map(String::strip).toArray(String[]::new))
                .replace("`", ""));
      }
    }
    return rows;
  }
}
