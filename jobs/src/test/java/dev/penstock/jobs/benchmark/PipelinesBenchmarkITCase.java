package dev.penstock.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.core.benchmark.BenchmarkReport;
import dev.penstock.core.benchmark.Measure;
import dev.penstock.schemas.topic.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs; what it finds is for a quiet machine to say. */
final class PipelinesBenchmarkITCase {

  @TempDir Path directory;

  @Test
  void comparesADriftPipelineWithNoneAndSeveralPipelinesWithOne()
      throws ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());

      BenchmarkReport report =
          PipelinesBenchmark.run(
              new ScanOptions(kafka, directory, 200_000, 4, 1, 0, 1), List.of(3));

      assertThat(report.measures())
          .extracting(Measure::name)
          .containsExactly(
              "no-op scan",
              "scan with a drift pipeline",
              "drift pipeline over no-op",
              "scan with 1 pipeline",
              "scan with 3 pipelines",
              "3 pipelines over 1",
              "each further of 3 pipelines");
    }
  }
}
