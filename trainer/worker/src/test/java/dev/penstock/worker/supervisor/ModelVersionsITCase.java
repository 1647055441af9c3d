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
        producer.send(new ProducerRecord<>(TOPIC, version())).get();

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

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    Map<String, Object> properties = new TreeMap<>(broker.clientProperties());
    properties.put("transactional.id", "test");
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static byte[] version() {
    return AvroCodec.of(ModelVersion.class)
        .encode(
            ModelVersion.newBuilder()
                .setId("p-1")
                .setPipeline("p")
                .setDecisionNumber(1)
                .setTriggerNumber(1)
                .setStatus(ModelStatus.TRAINED)
                .setTrainedSamples(1)
                .setTrainingSetDigest("")
                .setSliceTime(0)
                .setBoundary(List.of())
                .setSeed(0)
                .setStartedAt(0)
                .setFinishedAt(0)
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
