package dev.penstock.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Score;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policies that ask models, in one job after the other of the same TaskManager: each has a class
 * loader of its own, and natives are loaded once a process.
 */
final class WatchingRestartsITCase {

  private static final int SAMPLES = 10_000;
  private static final int INTERVAL = 500;
  private static final int FIRST_MODELS = 1_000;
  private static final int APART = 2_500;
  private static final int RESTARTS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Topics TOPICS = new Topics("watching-");
  private static final List<String> PIPELINES =
      List.of(
          """
          kind: pipeline
          name: drift
          dataset: sea
          trigger:
            type: data-drift
            evaluation-interval-data-points: %d
            windowing-strategy: {type: amount, amount-ref: 1000, amount-cur: 500}
            sample-size: 100
            watch: embeddings
            metrics: {mmd: {type: mmd, decision-criterion: {type: dynamic-quantile}}}
            warmup-intervals: 2
            warmup-policy: {type: data-amount, num-samples: 500}
          selection: {type: new-data, tail-triggers: 0}
          training: {model: {type: mlp, hidden: [4]}}
          """
              .formatted(INTERVAL),
          """
          kind: pipeline
          name: performance
          dataset: sea
          trigger:
            type: performance
            evaluation-interval-data-points: %d
            decision-criteria: {accuracy: {type: threshold, metric-threshold: 0.8}}
          selection: {type: new-data, tail-triggers: 0}
          training: {model: {type: mlp, hidden: [4]}}
          """
              .formatted(INTERVAL));
  private static final Map<String, String> FIGURES =
      Map.of("drift", "mmd", "performance", "accuracy");

  @TempDir Path directory;

  @Test
  void goOnWithNumbersAndModelsWhenJobsFollowEachOtherInOneProcess()
      throws IOException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      List<Long> drifts = List.of(SAMPLES / 2L);
      LiveStream stream = LiveStream.record(broker.settings(), SAMPLES, drifts, directory);
      try (LocalStack stack =
          LocalStack.configure(
              directory.resolve("cluster"), broker.settings(), TOPICS, 0, /* slots= */ 2)) {
        stack.startJobManager();
        Process taskManager = stack.startTaskManager("taskmanager-1");
        stack.startWorker("worker-1", List.of());
        stack.awaitSlots(2);
        stream.createTopic();
        Restarts restarts = new Restarts(stack, stream);
        stream.produce(restarts);
        assertThat(restarts.done).isEqualTo(RESTARTS);
        await().atMost(PATIENCE).until(() -> evidence(decisions(stream)) >= 2 * SAMPLES);

        assertThat(taskManager.isAlive()).isTrue();
        decisions(stream).forEach(WatchingRestartsITCase::assertGoesOn);
      }
    }
  }

  private static void assertGoesOn(String pipeline, List<Decision> decisions) {
    assertThat(decisions)
        .extracting(Decision::getNumber)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, decisions.size()).boxed().toList());
    assertThat(evidence(Map.of(pipeline, decisions))).isEqualTo(SAMPLES);
    List<Decision> asked = decisions.stream().filter(d -> d.getModelVersion() != null).toList();
    assertThat(asked)
        .hasSizeGreaterThan((SAMPLES - FIRST_MODELS) / INTERVAL / 2)
        .allMatch(decision -> decision.getModelVersion().startsWith(pipeline + "-"))
        .extracting(WatchingRestartsITCase::versionNumber)
        .isSorted();
    assertThat(decisions.get(decisions.size() - 1).getScores())
        .extracting(Score::getName)
        .contains(FIGURES.get(pipeline));
  }

  private static long versionNumber(Decision decision) {
    String version = decision.getModelVersion();
    return Long.parseLong(version.substring(version.lastIndexOf('-') + 1));
  }

  private static Map<String, List<Decision>> decisions(LiveStream stream) {
    AvroCodec<Decision> codec = AvroCodec.of(Decision.class);
    return stream.records(TOPICS.decisions()).stream()
        .map(record -> codec.decode(record.value()))
        .collect(Collectors.groupingBy(Decision::getPipeline));
  }

  private static long evidence(Map<String, List<Decision>> decisions) {
    return decisions.values().stream().flatMap(List::stream).mapToLong(Decision::getEvidence).sum();
  }

  /** Jobs that are cancelled, once models have been asked, and go on from their checkpoints. */
  private static final class Restarts implements LiveStream.Disturbance {

    private final LocalStack stack;
    private final LiveStream stream;
    private String job;
    private int done;

    Restarts(LocalStack stack, LiveStream stream) throws IOException, InterruptedException {
      this.stack = stack;
      this.stream = stream;
      this.job = submit(Optional.empty());
    }

    @Override
    public void after(long samples) throws IOException, InterruptedException {
      if (samples == FIRST_MODELS) {
        AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    stream.records(TOPICS.modelVersions()).stream()
                            .map(record -> codec.decode(record.value()).getPipeline())
                            .distinct()
                            .count()
                        == PIPELINES.size());
      } else if (samples > FIRST_MODELS && samples % APART == 0 && done < RESTARTS) {
        // All partitions' last samples but one interval's are decided about.
        long expected = PIPELINES.size() * (samples - INTERVAL);
        await().atMost(PATIENCE).until(() -> evidence(decisions(stream)) >= expected);
        restart();
      }
    }

    private void restart() throws IOException, InterruptedException {
      FlinkRest flink = stack.flink();
      flink.cancel(job);
      String ended = job;
      await().atMost(PATIENCE).until(() -> flink.state(ended).equals("CANCELED"));
      String checkpoint =
          flink
              .get("/jobs/" + ended + "/checkpoints")
              .at("/latest/completed/external_path")
              .asText();
      job = submit(Optional.of(URI.create(checkpoint)));
      done++;
    }

    private String submit(Optional<URI> checkpoint) throws IOException, InterruptedException {
      List<String> extra = List.of("--checkpoint-interval", "PT0.5S", "--parallelism", "2");
      return stream.submit(stack, TOPICS, PIPELINES, extra, checkpoint);
    }
  }
}
