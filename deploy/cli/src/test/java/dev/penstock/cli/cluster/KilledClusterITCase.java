package dev.penstock.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.BrokerOptions;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loop over SASL/PLAIN on a cluster of processes, of which the TaskManager that works is killed
 * by SIGKILL: the same tasks, byte for byte, as without, and one model version for each.
 */
final class KilledClusterITCase {

  private static final int SAMPLES = 12_000;
  private static final int TRIGGER = 1_000;
  private static final int TASKS = SAMPLES / TRIGGER;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> PIPELINE =
      List.of(
          """
          kind: pipeline
          name: killed
          dataset: sea
          trigger: {type: data-amount, num-samples: %d}
          selection: {type: new-data, tail-triggers: 2, limit: {samples: 300, keep: random}}
          training: {model: {type: mlp, hidden: [4]}}
          """
              .formatted(TRIGGER));

  @TempDir Path directory;

  @Test
  void theSameTasksWhenTaskManagersAreKilledAndOneVersionForEach()
      throws IOException, InterruptedException {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.DEFAULT.withUser("penstock", "open-sesame"))) {
      LiveStream stream = LiveStream.record(broker.settings(), SAMPLES, directory);
      Topics disturbed = new Topics("disturbed-");
      try (LocalStack stack =
          LocalStack.configure(directory.resolve("cluster"), broker.settings(), disturbed, 0, 2)) {
        stack.startJobManager();
        Process first = stack.startTaskManager("taskmanager-1");
        stack.startWorker("worker-1", List.of());
        stack.awaitSlots(2);
        stream.createTopic();
        stream.submit(stack, disturbed, PIPELINE, 1, "PT0.5S");
        TaskManagerKills kills = new TaskManagerKills(stack, first, 2, 2_500, 17);
        stream.produce(kills);
        assertThat(kills.done()).isEqualTo(2);
        awaitTasks(stream, disturbed);

        Topics calm = new Topics("calm-");
        stream.submit(stack, calm, PIPELINE, 1, "PT0.5S");
        awaitTasks(stream, calm);
        assertThat(stream.records(calm.trainingTasks())).hasSize(TASKS);
        assertThat(stream.valuesByKey(disturbed.trainingTasks()))
            .isEqualTo(stream.valuesByKey(calm.trainingTasks()));

        await()
            .atMost(PATIENCE)
            .until(() -> stream.records(disturbed.modelVersions()).size() >= TASKS);
        AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
        List<ModelVersion> versions =
            stream.records(disturbed.modelVersions()).stream()
                .map(record -> codec.decode(record.value()))
                .toList();
        assertThat(versions).hasSize(TASKS);
        for (int i = 0; i < TASKS; i++) {
          assertThat(versions.get(i).getDecisionNumber()).isEqualTo(i + 1);
          assertThat(versions.get(i).getParent()).isEqualTo(i == 0 ? null : "killed-" + i);
        }
      }
    }
  }

  private static void awaitTasks(LiveStream stream, Topics topics) {
    await().atMost(PATIENCE).until(() -> stream.records(topics.trainingTasks()).size() >= TASKS);
  }
}
