package dev.penstock.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs of every parallelism and checkpoint interval on one live stream, all of whose tasks are lost
 * by SIGKILL three times: the same decisions and tasks, byte for byte, as of a job that reads the
 * log in peace.
 */
final class DeterminismSoakITCase {

  private static final int SAMPLES = 60_000;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<Integer> PARALLELISMS = List.of(1, 2, 4);
  private static final List<String> INTERVALS = List.of("PT0.5S", "PT4S");
  private static final List<String> PIPELINES =
      List.of(
          """
          kind: pipeline
          name: amount-random
          dataset: sea
          trigger: {type: data-amount, num-samples: 1000}
          selection: {type: new-data, tail-triggers: 2, limit: {samples: 300, keep: random}}
          training: {model: {type: mlp, hidden: [4]}}
          """,
          """
          kind: pipeline
          name: amount-last
          dataset: sea
          trigger: {type: data-amount, num-samples: 2500}
          selection: {type: new-data, tail-triggers: all, limit: {samples: 3333, keep: last}}
          training: {model: {type: mlp, hidden: [4]}}
          """,
          """
          kind: pipeline
          name: time-tail
          dataset: sea
          trigger: {type: time, every: 30m}
          selection: {type: new-data, tail-triggers: 1}
          training: {model: {type: mlp, hidden: [4]}}
          """);

  /** 60 + 24 by amount; by time, 33 half hours that are over among 60,000 seconds. */
  private static final int TASKS = 60 + 24 + 33;

  @TempDir Path directory;

  @Test
  void theSameTasksAtEveryParallelismAndIntervalWhenTaskManagersAreKilled()
      throws IOException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      LiveStream stream = LiveStream.record(broker.settings(), SAMPLES, directory);
      int slots = INTERVALS.size() * PARALLELISMS.stream().mapToInt(Integer::intValue).sum();
      try (LocalStack stack =
          LocalStack.configure(
              directory.resolve("cluster"), broker.settings(), new Topics(""), 0, slots)) {
        stack.startJobManager();
        // A single one, so that each of its deaths hits every job.
        Process first = stack.startTaskManager("taskmanager-1");
        stack.awaitSlots(slots);
        stream.createTopic();
        List<Topics> runs = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        for (String interval : INTERVALS) {
          for (int parallelism : PARALLELISMS) {
            Topics topics = new Topics("p" + parallelism + "-" + interval + "-");
            jobs.add(stream.submit(stack, topics, PIPELINES, parallelism, interval));
            runs.add(topics);
          }
        }
        TaskManagerKills kills = new TaskManagerKills(stack, first, KILLS, 10_000, 5);
        stream.produce(kills);
        assertThat(kills.done()).isEqualTo(KILLS);
        for (String job : jobs) {
          assertThat(restored(stack.flink(), job)).as(job).isGreaterThanOrEqualTo(KILLS);
        }

        Topics calm = new Topics("calm-");
        stack.startTaskManager("taskmanager-calm");
        stream.submit(stack, calm, PIPELINES, 3, "PT1S");
        awaitTasks(stream, calm);
        assertThat(stream.records(calm.trainingTasks())).hasSize(TASKS);
        for (Topics run : runs) {
          awaitTasks(stream, run);
          assertSame(stream, run.trainingTasks(), calm.trainingTasks());
          assertSame(stream, run.decisions(), calm.decisions());
        }
      }
    }
  }

  /** How often a job went on from a checkpoint. */
  private static int restored(FlinkRest flink, String job)
      throws IOException, InterruptedException {
    return flink.get("/jobs/" + job + "/checkpoints").at("/counts/restored").asInt();
  }

  private static void awaitTasks(LiveStream stream, Topics run) {
    await(run.prefix())
        .atMost(PATIENCE)
        .until(() -> stream.records(run.trainingTasks()).size() >= TASKS);
  }

  private static void assertSame(LiveStream stream, String topic, String expected) {
    assertThat(stream.valuesByKey(topic)).as(topic).isEqualTo(stream.valuesByKey(expected));
  }
}
