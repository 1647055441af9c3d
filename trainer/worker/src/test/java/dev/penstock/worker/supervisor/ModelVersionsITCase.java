package dev.penstock.worker.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.ModelStatus;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ModelVersionsITCase {

  private static final String TOPIC = "model-versions";

  @Test
  void waitsForAVersionThatIsWrittenButNotShownYet()
      throws ExecutionException, InterruptedException, TimeoutException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic(TOPIC, 1);
      try (ModelVersions versions = new ModelVersions(broker.settings(), TOPIC);
          KafkaProducer<byte[], byte[]> producer = producer(broker)) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, version("p-1", 1, null))).get();

        CompletableFuture<Void> caughtUp =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    versions.catchUp();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
        assertThatThrownBy(() -> caughtUp.get(2, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
        producer.commitTransaction();
        caughtUp.get(30, TimeUnit.SECONDS);

        assertThat(versions.isDone(task(1))).isTrue();
        assertThat(versions.isDone(task(2))).isFalse();
        assertThat(versions.parentOf(task(2))).map(ModelVersion::getId).contains("p-1");
        assertThat(versions.parentOf(task(1))).isEmpty();
      }
    }
  }

  @Test
  void trainingGoesOnFromWhatWasRolledBackTo() throws ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic(TOPIC, 1);
      try (ModelVersions versions = new ModelVersions(broker.settings(), TOPIC);
          KafkaProducer<byte[], byte[]> producer = producer(broker)) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, version("p-1", 1, null))).get();
        producer.send(new ProducerRecord<>(TOPIC, version("p-2", 2, null))).get();
        producer.send(new ProducerRecord<>(TOPIC, version("p-1-restored", 2, "p-1"))).get();
        producer.commitTransaction();

        versions.catchUp();

        assertThat(versions.parentOf(task(3))).map(ModelVersion::getRestores).contains("p-1");
        assertThat(versions.parentOf(task(2))).isEmpty();
        assertThat(versions.isDone(task(2))).isTrue();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    Map<String, Object> properties = new TreeMap<>(broker.clientProperties());
    properties.put("transactional.id", "test");
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static byte[] version(String id, long decision, @Nullable String restores) {
    return AvroCodec.of(ModelVersion.class)
        .encode(
            ModelVersion.newBuilder()
                .setId(id)
                .setPipeline("p")
                .setDecisionNumber(decision)
                .setTriggerNumber(decision)
                .setStatus(ModelStatus.TRAINED)
                .setTrainedSamples(1)
                .setTrainingSetDigest("")
                .setSliceTime(0)
                .setBoundary(List.of())
                .setSeed(0)
                .setStartedAt(0)
                .setFinishedAt(0)
                .setRestores(restores)
                .setWorker("w")
                .setMetrics(Map.of())
                .build());
  }

  private static TrainingTask task(int number) {
    return TrainingTask.newBuilder()
        .setId("p-" + number)
        .setPipeline("p")
        .setDecisionNumber(number)
        .setTriggerNumber(number)
        .setDataset("")
        .setTraining("")
        .setTrainingSet(new TrainingSet(List.of(), /* weights= */ null, 0L, ""))
        .setSliceTime(0)
        .setBoundary(List.of())
        .setSeed(0)
        .build();
  }
}
