package dev.penstock.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.Ports;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker killed by SIGKILL and started again while a producer, a job and a worker use it:
 * nothing is lost and nothing is there twice.
 */
final class KilledBrokerITCase {

  private static final int SAMPLES = 12_000;
  private static final int TRIGGER = 1_000;
  private static final int TASKS = SAMPLES / TRIGGER;
  private static final int EVERY = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> PIPELINE =
      List.of(
          """
          kind: pipeline
          name: steady
          dataset: sea
          trigger: {type: data-amount, num-samples: %d}
          selection: {type: new-data, tail-triggers: 0}
          training: {model: {type: mlp, hidden: [4]}}
          """
              .formatted(TRIGGER));

  @TempDir Path directory;

  @Test
  void nothingIsLostAndNothingIsThereTwice() throws IOException, InterruptedException {
    LocalBroker broker = new LocalBroker(directory.resolve("broker"), Ports.free());
    KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
    LiveStream stream = LiveStream.record(kafka, SAMPLES, directory);
    Topics topics = new Topics("shaken-");
    Process[] running = {broker.start()};
    try (LocalStack stack =
        LocalStack.configure(directory.resolve("cluster"), kafka, topics, 0, 2)) {
      stack.startJobManager();
      stack.startTaskManager("taskmanager-1");
      broker.awaitReady(running[0]);
      stack.startWorker("worker-1", List.of());
      stack.awaitSlots(2);
      stream.createTopic();
      stream.submit(stack, topics, PIPELINE, 2, "PT0.5S");
      stream.produce(
          samples -> {
            if (samples % EVERY == 0) {
              running[0].destroyForcibly().waitFor();
              running[0] = broker.start();
            }
          });
      await().atMost(PATIENCE).until(() -> stream.records(topics.modelVersions()).size() >= TASKS);

      AvroCodec<Decision> decisions = AvroCodec.of(Decision.class);
      assertThat(stream.records(topics.decisions()))
          .extracting(record -> decisions.decode(record.value()))
          .allMatch(decision -> decision.getEvidence() == TRIGGER)
          .extracting(Decision::getNumber)
          .containsExactlyElementsOf(numbers());
      assertThat(stream.records(topics.trainingTasks())).hasSize(TASKS);
      AvroCodec<ModelVersion> versions = AvroCodec.of(ModelVersion.class);
      assertThat(stream.records(topics.modelVersions()))
          .extracting(record -> versions.decode(record.value()).getDecisionNumber())
          .containsExactlyElementsOf(numbers());
      // Its markers of progress, one a partition, are all that is there beside the samples.
      assertThat(stream.records(stream.dataset().topic())).hasSize(SAMPLES + LiveStream.PARTITIONS);
    } finally {
      running[0].destroyForcibly().waitFor();
    }
  }

  private static List<Long> numbers() {
    return LongStream.rangeClosed(1, TASKS).boxed().toList();
  }
}
