package dev.penstock.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.broker.BrokerOptions;
import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.cli.cluster.JobSubmission.Job;
import dev.penstock.cli.process.Distribution;
import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.produce.SampleProducer.PartitionBy;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.Sea;
import dev.penstock.datagen.stream.StreamFiles;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loop over SASL/PLAIN on a cluster of processes, of which the TaskManager that works is killed
 * by SIGKILL: the same tasks, byte for byte, as without, and one model version for each.
 */
final class KilledClusterITCase {

  private static final int SAMPLES = 12_000;
  private static final int TRIGGER = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PIPELINE =
      """
      kind: pipeline
      name: killed
      dataset: sea
      trigger: {type: data-amount, num-samples: %d}
      selection: {type: new-data, tail-triggers: 2, limit: {samples: 300, keep: random}}
      training: {model: {type: mlp, hidden: [4]}}
      """
          .formatted(TRIGGER);

  @TempDir Path directory;

  @Test
  void theSameTasksWhenTaskManagersAreKilledAndOneVersionForEach()
      throws IOException, InterruptedException {
    DriftSchedule none = new DriftSchedule(DriftSchedule.Kind.NONE, List.of(), 1);
    new StreamFiles(new Sea(0), none, SAMPLES, 1).write("sea", directory, written -> {});
    DatasetSpec dataset = SpecReader.readDataset(directory.resolve("dataset.yaml")).complete();
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.DEFAULT.withUser("penstock", "open-sesame"))) {
      KafkaSettings kafka = broker.settings();
      Topics disturbed = new Topics("disturbed-");
      try (LocalStack stack =
          LocalStack.configure(directory.resolve("cluster"), kafka, disturbed, 0, 2)) {
        stack.startJobManager();
        Process victim = stack.startTaskManager("taskmanager-1");
        stack.startWorker("worker-1", List.of());
        stack.awaitSlots(2);
        runDisturbed(stack, kafka, dataset, disturbed, victim);

        Topics calm = new Topics("calm-");
        submit(stack, kafka, dataset, calm);
        await().atMost(PATIENCE).until(() -> records(kafka, calm.trainingTasks()).size() >= 12);
        List<String> tasks = hex(records(kafka, disturbed.trainingTasks()));
        assertThat(tasks).hasSize(SAMPLES / TRIGGER);
        assertThat(hex(records(kafka, calm.trainingTasks()))).isEqualTo(tasks);

        await()
            .atMost(PATIENCE)
            .until(() -> records(kafka, disturbed.modelVersions()).size() >= tasks.size());
        AvroCodec<ModelVersion> codec = AvroCodec.of(ModelVersion.class);
        assertThat(records(kafka, disturbed.modelVersions()))
            .extracting(record -> codec.decode(record.value()).getDecisionNumber())
            .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
      }
    }
  }

  private void runDisturbed(
      LocalStack stack, KafkaSettings kafka, DatasetSpec dataset, Topics topics, Process first)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(17);
    Process victim = first;
    try (SampleReader samples = Recordings.open(dataset, directory);
        SampleProducer producer = SampleProducer.open(kafka, dataset.topic(), 8, PartitionBy.ROW)) {
      submit(stack, kafka, dataset, topics);
      int kills = 0;
      long start = System.nanoTime();
      long killAt = 2_000L + random.nextInt(2_000);
      while (samples.next()) {
        producer.send(samples);
        SampleProducer.pace(producer.sent(), 1_000, start);
        if (producer.sent() == killAt && kills < 2) {
          stack.forget(victim);
          victim.destroyForcibly().waitFor();
          kills++;
          victim = stack.startTaskManager("taskmanager-" + (kills + 1));
          killAt += 3_000L + random.nextInt(2_000);
        }
      }
      producer.progress(producer.newest() + 1);
      producer.flush();
      assertThat(kills).isEqualTo(2);
    }
    await().atMost(PATIENCE).until(() -> records(kafka, topics.trainingTasks()).size() >= 12);
  }

  private static void submit(
      LocalStack stack, KafkaSettings kafka, DatasetSpec dataset, Topics topics)
      throws IOException, InterruptedException {
    JobSubmission jobs =
        new JobSubmission(
            kafka,
            topics,
            stack.artifacts(),
            SpecYaml.write(dataset),
            List.of(PIPELINE),
            List.of("--checkpoint-interval", "PT0.5S", "--parallelism", "1"));
    String jar = JobSubmission.upload(stack.flink(), Distribution.current());
    stack.awaitRunning(jobs.submit(stack.flink(), jar, Job.TRAINING));
  }

  private static List<String> hex(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> new String(record.key(), UTF_8) + HexFormat.of().formatHex(record.value()))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(KafkaSettings kafka, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka, topic)) {
      reader.readToEnd(records::add);
    }
    return records;
  }
}
