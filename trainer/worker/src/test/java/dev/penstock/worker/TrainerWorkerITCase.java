package dev.penstock.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.BrokerOptions;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.models.Safetensors;
import dev.penstock.models.ScoringModel;
import dev.penstock.models.store.ModelStore;
import dev.penstock.models.store.StoredWeights;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real workers and trainings as processes, killed where it hurts. */
final class TrainerWorkerITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String QUICK =
      "{model: {type: mlp, hidden: [8]}, epochs-per-trigger: 5, batch-size: 32,"
          + " optimizer: {type: adam, learning-rate: 0.01}}";

  /** Begins while samples are still being read. */
  private static final String EAGER =
      "{model: {type: mlp, hidden: [8]}, epochs-per-trigger: 3, batch-size: 32, scaling: none}";

  /** Long enough to be killed in the middle. */
  private static final String LONG =
      "{model: {type: mlp, hidden: [8]}, epochs-per-trigger: 80, batch-size: 8}";

  private static final String ONCE =
      "{model: {type: mlp, hidden: [8]}, epochs-per-trigger: 1, batch-size: 32, scaling: none}";

  private static final String DOWNSAMPLED =
      ONCE.replace("}, epochs", "}, downsampling: {type: loss, ratio: 25}, epochs");

  private static final String DIVERGING =
      "{model: {type: mlp, hidden: [8]}, scaling: none, epochs-per-trigger: 20,"
          + " optimizer: {type: sgd, learning-rate: 1e30}}";

  private static EmbeddedBroker broker;

  @TempDir Path artifacts;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(BrokerOptions.DEFAULT.withUser("worker", "secret-word"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void trainsTasksInOrderAndGoesOnAfterOneThatCannotBeTrained()
      throws IOException, ExecutionException, InterruptedException {
    try (TaskTopic topic = new TaskTopic(broker, "order-");
        WorkerProcess worker = WorkerProcess.start(broker, artifacts, "order-", "w1")) {
      topic.writeSamples();
      for (TrainingTask task :
          List.of(topic.task(1, QUICK), topic.task(2, DIVERGING), topic.task(3, QUICK))) {
        task.setModelStorage("{type: delta, operator: sub, full-model-interval: 3}");
        topic.send(task);
      }
      await().atMost(PATIENCE).until(() -> topic.versions().size() == 3);

      List<ModelVersion> versions = topic.versions();
      assertThat(versions).extracting(ModelVersion::getId).containsExactly("p-1", "p-2", "p-3");
      assertThat(versions)
          .extracting(ModelVersion::getStatus)
          .containsExactly(ModelStatus.TRAINED, ModelStatus.FAILED, ModelStatus.TRAINED);
      assertThat(versions.get(1).getReason()).startsWith("loss must be finite, got");
      assertThat(versions.get(2).getParent()).isEqualTo("p-1");
      assertThat(accuracy(versions.get(2))).isGreaterThan(0.9);
      assertThat(store().chain(versions.get(2)))
          .extracting(StoredWeights::model)
          .containsExactly("p-3", "p-1");
      assertThat(worker.stop()).isIn(0, 143);
    }
  }

  @Test
  void publishesTheSetThatDownsamplingHasLeft()
      throws IOException, ExecutionException, InterruptedException {
    try (TaskTopic topic = new TaskTopic(broker, "down-");
        WorkerProcess worker = WorkerProcess.start(broker, artifacts, "down-", "w1")) {
      topic.writeSamples();
      topic.send(topic.task(1, DOWNSAMPLED));
      await().atMost(PATIENCE).until(() -> topic.versions().size() == 1);
      ModelVersion version = topic.versions().get(0);
      SampleSet used =
          TrainingSets.unpack(version.getTrainingSet(), ArtifactStore.open(artifacts.toUri()));

      assertThat(used.size()).isEqualTo(TaskTopic.SAMPLES / 8);
      assertThat(used.digest()).isEqualTo(version.getTrainingSetDigest());
      assertThat(used.weights()).isPresent();

      // Trained on that set, and on nothing else, the weights are the same bit for bit.
      TrainingTask plain =
          TrainingTask.newBuilder(topic.task(1, ONCE))
              .setId("q-1")
              .setPipeline("q")
              .setTrainingSet(used.toRecord())
              .build();
      topic.send(plain);
      await().atMost(PATIENCE).until(() -> topic.versions().size() == 2);
      assertThat(tensors(topic.versions().get(1))).isEqualTo(tensors(version));
      assertThat(worker.stop()).isIn(0, 143);
    }
  }

  @Test
  void theSameTasksGiveTheSameWeightsBitForBit()
      throws IOException, ExecutionException, InterruptedException {
    List<List<String>> digests = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      String prefix = "repeat" + run + "-";
      try (TaskTopic topic = new TaskTopic(broker, prefix, 2, TaskTopic.MANY_FEATURES);
          WorkerProcess worker = WorkerProcess.start(broker, artifacts, prefix, "w" + run)) {
        topic.writeSamples();
        topic.send(topic.task(1, EAGER));
        topic.send(topic.task(2, QUICK));
        await().atMost(PATIENCE).until(() -> topic.versions().size() == 2);
        digests.add(
            topic.versions().stream().map(version -> version.getWeights().getSha256()).toList());
        worker.kill();
      }
    }
    assertThat(digests.get(0)).isEqualTo(digests.get(1));
  }

  @Test
  void oneVersionPerTaskAlthoughTrainingAndWorkerAreKilled()
      throws IOException, ExecutionException, InterruptedException {
    try (TaskTopic topic = new TaskTopic(broker, "kill-")) {
      topic.writeSamples();
      topic.send(topic.task(1, LONG));
      topic.send(topic.task(2, QUICK));
      try (WorkerProcess first = WorkerProcess.start(broker, artifacts, "kill-", "w1")) {
        await()
            .atMost(PATIENCE)
            .until(() -> first.trainings().stream().anyMatch(TrainerWorkerITCase::isBusy));
        first.trainings().forEach(ProcessHandle::destroyForcibly);
        await()
            .atMost(PATIENCE)
            .until(() -> first.trainings().stream().anyMatch(TrainerWorkerITCase::isBusy));
        first.kill();
      }
      assertThat(topic.versions()).isEmpty();
      try (WorkerProcess second = WorkerProcess.start(broker, artifacts, "kill-", "w2")) {
        await().atMost(PATIENCE).until(() -> topic.versions().size() == 2);
        assertThat(second.stop()).isIn(0, 143);
      }
      assertThat(topic.versions()).extracting(ModelVersion::getId).containsExactly("p-1", "p-2");
      assertThat(topic.versions())
          .extracting(ModelVersion::getStatus)
          .containsOnly(ModelStatus.TRAINED);
    }
  }

  @Test
  void publishesAfterABrokerThatWasAwayDuringTraining()
      throws IOException, ExecutionException, InterruptedException {
    try (EmbeddedBroker shaky = EmbeddedBroker.start();
        TaskTopic topic = new TaskTopic(shaky, "away-");
        WorkerProcess worker = WorkerProcess.start(shaky, artifacts, "away-", "w1")) {
      topic.writeSamples();
      topic.send(topic.task(1, LONG));
      await()
          .atMost(PATIENCE)
          .until(() -> worker.trainings().stream().anyMatch(TrainerWorkerITCase::isBusy));
      shaky.pause();
      await().atMost(PATIENCE).ignoreExceptions().until(() -> cards() == 1);
      shaky.resume();
      topic.send(topic.task(2, QUICK));
      await().atMost(PATIENCE).until(() -> topic.versions().size() == 2);

      assertThat(topic.versions()).extracting(ModelVersion::getId).containsExactly("p-1", "p-2");
      assertThat(topic.versions().get(1).getParent()).isEqualTo("p-1");
      assertThat(worker.stop()).isIn(0, 143);
    }
  }

  /** Model cards in the store: a training writes its card last. */
  private long cards() throws IOException {
    try (Stream<Path> files = Files.walk(artifacts)) {
      return files.filter(Files::isRegularFile).filter(TrainerWorkerITCase::isCard).count();
    }
  }

  private static boolean isCard(Path file) {
    try {
      return Files.readString(file, ISO_8859_1).contains("penstock-model-card/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A training that has used more than the engine's start is in the middle of its task. */
  private static boolean isBusy(ProcessHandle training) {
    return training
        .info()
        .totalCpuDuration()
        .filter(used -> used.compareTo(Duration.ofSeconds(4)) > 0)
        .isPresent();
  }

  private ModelStore store() {
    return new ModelStore(ArtifactStore.open(artifacts.toUri()));
  }

  /** Names and values of the weights; their file has the version's id too. */
  private Map<String, List<Float>> tensors(ModelVersion version) {
    Map<String, List<Float>> tensors = new TreeMap<>();
    Safetensors.read(store().safetensors(version))
        .forEach((name, tensor) -> tensors.put(name, floats(tensor.values())));
    return tensors;
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private double accuracy(ModelVersion version) {
    try (ScoringModel model = ScoringModel.load(store(), version)) {
      return TaskTopic.accuracy(model);
    }
  }
}
