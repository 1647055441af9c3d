package dev.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.serde.AvroCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job on a log that was written just now, and ends. */
final class EvaluationJobITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  @Test
  void waitsForTheModelsOfTheNewestSamplesBeforeItEnds() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      try (SampleLog log = new SampleLog(broker, "fresh-samples", 4)) {
        for (int i = 0; i < 2_500; i++) {
          log.append(log.sample());
        }
        log.end();
      }
      TrainingRun run = new TrainingRun(broker, directory);
      List<String> arguments =
          new ArrayList<>(List.of(run.arguments("fresh", "fresh-", 2, "PT0.5S", "now")));
      // Longer than the job takes to start: all samples are held when the log ends.
      arguments.addAll(List.of("--feedback-delay", "PT12S"));
      EvaluationJob.main(arguments.toArray(String[]::new));

      AvroCodec<Evaluation> codec = AvroCodec.of(Evaluation.class);
      List<Evaluation> slices =
          TopicRecords.of(broker, "fresh-evaluations").stream()
              .map(record -> codec.decode(record.value()))
              .toList();

      // Of each pipeline two slices of 1,000 samples, and one that is cut short.
      assertThat(slices)
          .extracting(Evaluation::getSamples)
          .hasSize(3 * TrainingRun.pipelines())
          .containsOnly(1000L, 500L);
      assertThat(slices.stream().mapToLong(Evaluation::getSamples).sum())
          .isEqualTo(2500L * TrainingRun.pipelines());
      assertThat(slices).allMatch(slice -> slice.getScored() == 0);
    }
  }
}
