package dev.penstock.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.schemas.topic.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs; what it finds is for a quiet machine to say. */
final class ScanBenchmarkITCase {

  @TempDir Path directory;

  @Test
  void comparesScansAndWeighsTheState() throws ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());

      BenchmarkReport report =
          ScanBenchmark.run(new ScanOptions(kafka, directory, 200_000, 4, 1, 0, 1));

      assertThat(report.measures())
          .extracting(Measure::name)
          .containsExactly(
              "no-op scan, 100 B",
              "training scan, 100 B",
              "training over no-op, 100 B",
              "no-op scan, 1 KB",
              "training scan, 1 KB",
              "training over no-op, 1 KB",
              "state of a tracked sample");
      assertThat(report.measures()).allSatisfy(measure -> assertThat(measure.value()).isPositive());
    }
  }
}
