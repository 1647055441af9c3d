package dev.penstock.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers with two slots each share the tasks of five pipelines, and one of them is killed. */
final class SeveralWorkersITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TRAINING =
      "{model: {type: mlp, hidden: [8]}, epochs-per-trigger: 30, batch-size: 8}";
  private static final List<String> PIPELINES = List.of("a", "b", "c", "d");

  /** Has many tasks, and all of them were there first. */
  private static final String BUSY = "busy";

  private static final int BUSY_TASKS = 4;
  private static final int OTHER_TASKS = 2;

  @TempDir Path artifacts;

  @Test
  void everyTaskHasOneVersionInOrderAndPipelinesTakeTurns()
      throws IOException, ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        TaskTopic topic = new TaskTopic(broker, "several-", 8, 2)) {
      topic.writeSamples();
      List<String> ids = sendTasks(topic);
      try (WorkerProcess first = start(broker, "w1");
          WorkerProcess second = start(broker, "w2")) {
        await()
            .atMost(PATIENCE)
            .until(() -> topic.versions().stream().anyMatch(it -> it.getWorker().equals("w1")));
        first.kill();
        await().atMost(PATIENCE).until(() -> topic.versions().size() >= 7);
        try (WorkerProcess third = start(broker, "w3")) {
          await().atMost(PATIENCE).until(() -> topic.versions().size() >= ids.size());
          assertThat(third.stop()).isIn(0, 143);
        }
        assertThat(second.stop()).isIn(0, 143);
      }

      List<ModelVersion> versions = topic.versions();
      versions.forEach(
          it ->
              System.out.printf(
                  "%s by %s, %d to %d ms%n",
                  it.getId(),
                  it.getWorker(),
                  it.getStartedAt() - versions.get(0).getStartedAt(),
                  it.getFinishedAt() - versions.get(0).getStartedAt()));
      assertThat(versions).extracting(ModelVersion::getId).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(versions).extracting(ModelVersion::getStatus).containsOnly(ModelStatus.TRAINED);
      assertOrder(versions);
      assertThat(mostAtATime(versions)).isGreaterThan(1);
    }
  }

  /** Those of the busy pipeline first. */
  private static List<String> sendTasks(TaskTopic topic)
      throws ExecutionException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int number = 1; number <= BUSY_TASKS; number++) {
      topic.send(topic.task(BUSY, number, TRAINING));
      ids.add(BUSY + "-" + number);
    }
    for (int number = 1; number <= OTHER_TASKS; number++) {
      for (String pipeline : PIPELINES) {
        topic.send(topic.task(pipeline, number, TRAINING));
        ids.add(pipeline + "-" + number);
      }
    }
    return ids;
  }

  /** Each starts from the one before it, and no pipeline waits for all of the busy one's. */
  private static void assertOrder(List<ModelVersion> versions) {
    List<String> ids = versions.stream().map(ModelVersion::getId).toList();
    for (ModelVersion version : versions) {
      long number = version.getDecisionNumber();
      String before = version.getPipeline() + "-" + (number - 1);
      assertThat(version.getParent()).isEqualTo(number == 1 ? null : before);
      assertThat(ids.indexOf(before)).isLessThan(ids.indexOf(version.getId()));
    }
    for (String pipeline : PIPELINES) {
      assertThat(ids.indexOf(pipeline + "-1")).isLessThan(ids.indexOf(BUSY + "-" + BUSY_TASKS));
    }
  }

  private static long mostAtATime(List<ModelVersion> versions) {
    return versions.stream()
        .mapToLong(
            at ->
                versions.stream()
                    .filter(
                        it ->
                            it.getStartedAt() <= at.getStartedAt()
                                && at.getStartedAt() < it.getFinishedAt())
                    .count())
        .max()
        .orElse(0);
  }

  private WorkerProcess start(EmbeddedBroker broker, String id) throws IOException {
    return WorkerProcess.start(broker, artifacts, "several-", id, "--slots", "2");
  }
}
