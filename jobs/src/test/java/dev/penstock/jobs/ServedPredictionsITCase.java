package dev.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.Prediction;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.SampleEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A trigger that watches the errors of a serving system, which is made up. */
final class ServedPredictionsITCase {

  private static final int PARTITIONS = 4;
  private static final int SAMPLES = 8_000;

  /** From here on every second prediction is wrong, before every tenth. */
  private static final int JUMP = 4_000;

  private static final String DATASET =
      """
      kind: dataset
      name: served
      payload: {type: tensor, dtype: float32, shape: [2]}
      label: {type: classes, names: [a, b]}
      """;
  private static final String PIPELINE =
      """
      kind: pipeline
      name: errors
      dataset: served
      trigger:
        type: detector
        watch: error
        evaluation-interval-data-points: 100
        detector: {type: ddm}
      predictions: {topic: said}
      training: {model: {type: mlp, hidden: [4]}}
      """;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  @Test
  void firesAfterItsErrorsJumpAndAgainTheSameWhenRunAgain() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("served-samples", PARTITIONS);
      broker.createTopic("said", 3);
      write(broker);

      List<Decision> decisions = decisions(broker, "first-", 1);

      List<Long> fired =
          decisions.stream()
              .filter(decision -> decision.getOutcome() == Outcome.FIRED)
              .map(ServedPredictionsITCase::position)
              .toList();
      assertThat(fired).hasSizeGreaterThan(1);
      assertThat(fired.get(0)).isEqualTo(100);
      assertThat(fired.get(1)).isBetween((long) JUMP, JUMP + 500L);
      assertThat(decisions(broker, "again-", 2)).isEqualTo(decisions);
    }
  }

  /** One in fifty predictions comes too late, and would be wrong. */
  private static void write(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    SampleEncoder encoder = new SampleEncoder();
    AvroCodec<Prediction> codec = AvroCodec.of(Prediction.class);
    try (KafkaProducer<byte[], byte[]> producer = broker.producer()) {
      for (int i = 0; i < SAMPLES; i++) {
        long time = SampleLog.START + i;
        int partition = i % PARTITIONS;
        int label = i / 3 % 2;
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    "served-samples",
                    partition,
                    time,
                    null,
                    encoder.classified(time, label, "k" + i, new byte[8]))));
        boolean isLate = i % 50 == 49;
        boolean isWrong = isLate || i % (i < JUMP ? 10 : 2) == 0;
        Prediction prediction =
            new Prediction(
                partition,
                (long) (i / PARTITIONS),
                (long) (isWrong ? 1 - label : label),
                /* probabilities= */ null,
                /* modelVersion= */ null);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    "said",
                    isLate ? 2 : i % 2,
                    time + (isLate ? 60_000 : 5),
                    null,
                    codec.encode(prediction))));
      }
      for (int partition = 0; partition < PARTITIONS; partition++) {
        long end = SampleLog.START + SAMPLES;
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    "served-samples", partition, end, null, encoder.progress(end))));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  /** Samples up to a decision. */
  private static long position(Decision decision) {
    return decision.getBoundary().stream().mapToLong(PartitionOffset::getOffset).sum();
  }

  private List<Decision> decisions(EmbeddedBroker broker, String prefix, int parallelism)
      throws Exception {
    ContinuousTrainingJob.main(
        new String[] {
          "--bootstrap-servers", broker.bootstrapServers(),
          "--topic-prefix", prefix,
          "--dataset", file("dataset.yaml", DATASET),
          "--pipeline", file("pipeline.yaml", PIPELINE),
          "--artifacts", directory.resolve("artifacts").toUri().toString(),
          "--checkpoints", directory.resolve(prefix + "checkpoints").toUri().toString(),
          "--checkpoint-interval", "PT0.5S",
          "--parallelism", String.valueOf(parallelism),
          "--feedback-delay", "PT1S",
          "--until", "now"
        });
    AvroCodec<Decision> codec = AvroCodec.of(Decision.class);
    return TopicRecords.of(broker, prefix + "decisions").stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
