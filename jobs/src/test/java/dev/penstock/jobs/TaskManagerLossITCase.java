package dev.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is lost with a task manager is neither lost nor doubled in the results. */
final class TaskManagerLossITCase {

  private static final int PARTITIONS = 8;
  private static final int SAMPLES = 10_000;
  private static final int SLOTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(SLOTS)
              .build());

  @TempDir Path directory;

  @Test
  void writesTheSameTasksWhenATaskManagerDies(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        SampleLog log = new SampleLog(broker, "lossy-samples", PARTITIONS)) {
      TrainingRun run = new TrainingRun(broker, directory);
      append(log);
      CompletableFuture<Void> job =
          CompletableFuture.runAsync(() -> submit(run, "killed-", SLOTS + 1, "stopped"));
      awaitTasks(run, 10 - 1);

      // One task manager has too few slots for the job: it has tasks on this one.
      cluster.terminateTaskManager(0).get();
      append(log);
      cluster.startTaskManager();
      awaitTasks(run, 20 - 1);
      append(log);
      submit(run, "whole-", SLOTS - 1, "now");

      Map<String, List<String>> whole = run.tasks("whole-");
      assertThat(whole.get("amount-random")).hasSize(30);
      await().atMost(PATIENCE).until(() -> count(run.tasks("killed-")) >= count(whole));
      assertThat(run.tasks("killed-")).isEqualTo(whole);
      cancel(cluster);
      assertThatThrownBy(job::get).isInstanceOf(ExecutionException.class);
    }
  }

  private static void append(SampleLog log) throws ExecutionException, InterruptedException {
    for (int i = 0; i < SAMPLES; i++) {
      log.append(log.sample());
    }
    log.end();
  }

  private static void submit(TrainingRun run, String prefix, int parallelism, String until) {
    try {
      ContinuousTrainingJob.main(run.arguments("lossy", prefix, parallelism, "PT0.2S", until));
    } catch (Exception e) {
      throw new IllegalStateException("Job of " + prefix + " failed", e);
    }
  }

  private static void awaitTasks(TrainingRun run, int tasks) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> run.tasks("killed-").getOrDefault("amount-random", List.of()).size() >= tasks);
  }

  private static int count(Map<String, List<String>> tasks) {
    return tasks.values().stream().mapToInt(List::size).sum();
  }

  private static void cancel(MiniCluster cluster) throws ExecutionException, InterruptedException {
    for (JobStatusMessage job : cluster.listJobs().get()) {
      if (!job.getJobState().isGloballyTerminalState()) {
        JobID id = job.getJobId();
        cluster.cancelJob(id).get();
        cluster.requestJobResult(id).get();
      }
    }
  }
}
