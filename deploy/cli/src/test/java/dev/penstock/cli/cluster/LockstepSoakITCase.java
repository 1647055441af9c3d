package dev.penstock.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.replay.LedgerReader;
import dev.penstock.cli.replay.Lockstep;
import dev.penstock.datagen.produce.OrderedProducer;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay in lockstep with policies that ask models, of whose two TaskManagers one is killed by
 * SIGKILL again and again at any moment while the other lives: the same decisions, tasks and
 * weights, byte for byte, as in peace with another parallelism.
 */
final class LockstepSoakITCase {

  private static final int SAMPLES = 4_000;
  private static final int PARTITIONS = 3;
  private static final int KILLS = 4;
  private static final long KILLS_APART_MILLIS = 12_000;
  private static final Topics TOPICS = new Topics("");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> PIPELINES =
      List.of(
          pipeline(
              "drift",
              """
              {type: data-drift, evaluation-interval-data-points: 200, watch: embeddings,
                windowing-strategy: {type: amount, amount-ref: 400, amount-cur: 200},
                sample-size: 150,
                metrics: {mmd: {type: mmd, decision-criterion: {type: dynamic-quantile}}},
                warmup-intervals: 4, warmup-policy: {type: data-amount, num-samples: 400}}\
              """),
          pipeline(
              "detector",
              """
              {type: detector, in-flight: wait, evaluation-interval-data-points: 150,
                max-samples: 900, detector: {type: hddm-a}}\
              """),
          pipeline(
              "performance",
              """
              {type: performance, evaluation-interval-data-points: 250,
                decision-criteria: {accuracy: {type: threshold, metric-threshold: 0.93}}}\
              """));

  @TempDir Path directory;

  /**
   * What came of a run.
   *
   * @param decisions in hex, by pipeline
   * @param tasks in hex, by pipeline
   * @param weights digest by model version
   */
  private record Outcome(
      Map<String, List<String>> decisions,
      Map<String, List<String>> tasks,
      Map<String, String> weights) {}

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void theSameDecisionsTasksAndWeightsWhenTaskManagersAreKilled()
      throws IOException, InterruptedException {
    Outcome calm = replay("calm", 1, /* kills= */ 0);
    Outcome killed = replay("killed", 3, KILLS);

    assertThat(calm.decisions).containsOnlyKeys("drift", "detector", "performance");
    assertThat(calm.weights).hasSizeGreaterThan(PIPELINES.size());
    assertThat(killed.decisions).isEqualTo(calm.decisions);
    assertThat(killed.tasks).isEqualTo(calm.tasks);
    assertThat(killed.weights).isEqualTo(calm.weights);
  }

  private Outcome replay(String run, int parallelism, int kills)
      throws IOException, InterruptedException {
    Path folder = directory.resolve(run);
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        LocalStack stack =
            LocalStack.configure(folder, broker.settings(), TOPICS, 0, /* slots= */ 2)) {
      LiveStream stream =
          LiveStream.record(broker.settings(), SAMPLES, List.of(SAMPLES / 2L), directory);
      stack.startJobManager();
      stack.startTaskManager("taskmanager-survivor");
      Process victim = stack.startTaskManager("taskmanager-1");
      stack.startWorker("worker-1", List.of());
      stack.awaitSlots(4);
      AtomicInteger decisions = new AtomicInteger();
      try (OrderedProducer producer =
          OrderedProducer.open(broker.settings(), stream.dataset(), PARTITIONS)) {
        List<String> extra =
            List.of(
                "--checkpoint-interval", "PT0.3S",
                "--parallelism", String.valueOf(parallelism),
                "--feedback-delay", "PT0S");
        stream.submit(stack, TOPICS, PIPELINES, extra, Optional.empty());
        AtomicBoolean over = new AtomicBoolean();
        TaskManagerKills killer =
            new TaskManagerKills(stack, victim, kills, KILLS_APART_MILLIS, System.nanoTime());
        CompletableFuture<Void> killing = CompletableFuture.runAsync(() -> kill(killer, over));
        send(stream, producer, decisions);
        over.set(true);
        killing.join();
        assertThat(killer.done()).isEqualTo(kills);
      }
      await()
          .atMost(PATIENCE)
          .until(() -> stream.records(TOPICS.decisions()).size() >= decisions.get());
      return outcome(stream);
    }
  }

  private void send(LiveStream stream, OrderedProducer producer, AtomicInteger decisions)
      throws IOException, InterruptedException {
    List<PipelineSpec> specs =
        PIPELINES.stream().map(text -> SpecReader.parsePipeline("test", text)).toList();
    Lockstep.Listener counter =
        new Lockstep.Listener() {
          @Override
          public void decision(Decision decision) {
            decisions.incrementAndGet();
          }
        };
    try (TopicAdmin admin = new TopicAdmin(stream.kafka())) {
      admin.ensure(TOPICS.modelVersions(), 1);
    }
    try (LedgerReader ledger = new LedgerReader(stream.kafka(), TOPICS, () -> {});
        SampleReader samples = Recordings.open(stream.dataset(), directory)) {
      Lockstep lockstep = new Lockstep(producer, ledger, specs, counter);
      while (samples.next()) {
        lockstep.send(samples);
      }
      lockstep.end();
    }
  }

  private static void kill(TaskManagerKills killer, AtomicBoolean over) {
    long start = System.nanoTime();
    try {
      while (!over.get()) {
        killer.after((System.nanoTime() - start) / 1_000_000);
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (IOException e) {
      throw new IllegalStateException("TaskManager could not be killed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Outcome outcome(LiveStream stream) {
    AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
    Map<String, String> weights = new TreeMap<>();
    stream.records(TOPICS.modelVersions()).stream()
        .map(record -> codec.decode(record.value()))
        .forEach(version -> weights.put(version.getId(), version.getWeights().getSha256()));
    return new Outcome(
        stream.valuesByKey(TOPICS.decisions()),
        stream.valuesByKey(TOPICS.trainingTasks()),
        weights);
  }

  private static String pipeline(String name, String trigger) {
    return """
    kind: pipeline
    name: %s
    dataset: sea
    trigger: %s
    selection: {type: new-data, tail-triggers: 1, limit: {samples: 200, keep: random}}
    training: {model: {type: mlp, hidden: [8]}, use-previous-model: true}
    """
        .formatted(name, trigger);
  }
}
