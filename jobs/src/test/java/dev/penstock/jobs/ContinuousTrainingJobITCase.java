package dev.penstock.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.broker.EmbeddedBroker;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real cluster and broker in this JVM. */
final class ContinuousTrainingJobITCase {

  private static final int PARTITIONS = 8;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static EmbeddedBroker broker;

  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void writesTheSameTasksAtEveryParallelismAndCheckpointInterval() throws Exception {
    try (SampleLog log = new SampleLog(broker, "even-samples", PARTITIONS)) {
      for (int i = 0; i < 20_000; i++) {
        log.append(log.sample());
      }
      log.end();
    }

    Map<String, List<String>> first = tasks("even", "p1-", 1, "PT0.2S");

    assertThat(first.keySet())
        .containsExactly(
            "amount-last",
            "amount-random",
            "select-classes",
            "select-decayed",
            "select-fresh",
            "select-passes",
            "select-replay",
            "select-schedule",
            "select-spans",
            "time-tail");
    assertThat(first.get("amount-random")).hasSize(20);
    assertThat(first.get("amount-last")).hasSize(8);
    assertThat(tasks("even", "p2-", 2, "PT2S")).isEqualTo(first);
    assertThat(tasks("even", "p4-", 4, "PT0.2S")).isEqualTo(first);
  }

  @Test
  void selectsExactlyTheDeclaredSamples() throws Exception {
    try (SampleLog log = new SampleLog(broker, "exact-samples", PARTITIONS)) {
      for (int i = 0; i < 10_000; i++) {
        log.append(log.sample());
      }
      log.end();
    }
    run("exact", "exact-", 2, "PT1S");

    List<TrainingTask> tasks = tasks("exact-");

    assertThat(tasks).hasSizeGreaterThan(14);
    for (TrainingTask task : tasks) {
      SampleSet set =
          TrainingSets.unpack(
              task.getTrainingSet(), ArtifactStore.open(directory.resolve("artifacts").toUri()));
      switch (task.getPipeline()) {
        case "amount-random" -> assertThat(set.size()).isEqualTo(100);
        case "amount-last" ->
            assertThat(set.size()).isEqualTo(Math.min(3333, 2500 * task.getTriggerNumber()));
        case "select-classes" -> {
          assertThat(set.size()).isEqualTo(200);
          assertThat(set.weights().orElseThrow()).hasSize(200);
        }
        case "select-decayed", "select-fresh", "select-replay", "select-spans" ->
            assertThat(set.size()).isEqualTo(200);
        case "select-passes" ->
            assertThat(set.size()).isEqualTo(Math.min(1500, 1000 * task.getTriggerNumber()));
        case "select-schedule" ->
            assertThat(set.size())
                .isEqualTo(
                    switch ((int) task.getTriggerNumber()) {
                      case 1, 2 -> 1000;
                      case 3 -> 300;
                      case 4 -> 400;
                      default -> 200;
                    });
        default -> assertThat(set.size()).isPositive();
      }
    }
  }

  @Test
  void quarantinesExactlyTheBadRecordsAndCountsEveryOtherOnce() throws Exception {
    List<BadRecord> kinds = List.of(BadRecord.values());
    Map<String, String> bad = new TreeMap<>();
    long good = 0;
    try (SampleLog log = new SampleLog(broker, "poison-samples", PARTITIONS)) {
      long[] offsets = new long[PARTITIONS];
      for (int i = 0; i < 100_000; i++) {
        int partition = log.random(PARTITIONS);
        if (log.random(100) == 0) {
          BadRecord kind = kinds.get(log.random(kinds.size()));
          byte[] value = log.bad(kind);
          bad.put(partition + "/" + offsets[partition], kind.reason() + " " + hex(value));
          log.append(partition, value);
        } else {
          log.append(partition, log.sample());
          good++;
        }
        offsets[partition]++;
      }
      log.end();
    }
    run("poison", "poison-", 4, "PT0.5S");

    assertThat(bad).hasSizeBetween(900, 1_100);
    assertThat(quarantined("poison")).isEqualTo(bad);
    assertThat(evidence("poison-", "time-tail")).isEqualTo(good);
  }

  @Test
  void selectsTheSameByClassesThatAreMadeOfRecordedNumbers() throws Exception {
    Map<String, String> bad = new TreeMap<>();
    try (SampleLog classes = new SampleLog(broker, "classed-samples", PARTITIONS);
        SampleLog numbers = new SampleLog(broker, "measured-samples", PARTITIONS)) {
      SampleEncoder encoder = new SampleEncoder();
      for (int i = 0; i < 5_000; i++) {
        int partition = i % PARTITIONS;
        classes.append(partition, classes.sample());
        numbers.append(partition, numbers.measured());
      }
      // Of no class, in either log.
      for (int partition = 0; partition < PARTITIONS; partition++) {
        byte[] payload = new byte[8];
        byte[] number = encoder.regression(SampleLog.START, Double.NaN, "k", payload);
        byte[] known = encoder.classified(SampleLog.START, 1, "k", payload);
        bad.put(partition + "/" + 5_000 / PARTITIONS, "LABEL " + hex(number));
        bad.put(partition + "/" + (5_000 / PARTITIONS + 1), "LABEL " + hex(known));
        for (byte[] value : List.of(number, known)) {
          classes.append(partition, encoder.regression(SampleLog.START, 0, "k", payload));
          numbers.append(partition, value);
        }
      }
      classes.end();
      numbers.end();
    }
    TrainingRun measured =
        new TrainingRun(
            broker,
            directory,
            "{type: classes, names: [a, b], from: {type: real, thresholds: [30]}}");
    run("classed", "classed-", 2, "PT0.5S");
    ContinuousTrainingJob.main(measured.arguments("measured", "measured-", 2, "PT0.5S", "now"));

    assertThat(digests("measured-")).hasSizeGreaterThan(40).isEqualTo(digests("classed-"));
    assertThat(quarantined("measured")).isEqualTo(bad);
  }

  /** Digests of the training sets, by task. */
  private Map<String, String> digests(String prefix) {
    Map<String, String> digests = new TreeMap<>();
    for (TrainingTask task : tasks(prefix)) {
      SampleSet set =
          TrainingSets.unpack(
              task.getTrainingSet(), ArtifactStore.open(directory.resolve("artifacts").toUri()));
      digests.put(task.getId(), set.digest());
    }
    return digests;
  }

  /** Reasons and values of what is in the quarantine, by place. */
  private static Map<String, String> quarantined(String dataset) {
    Map<String, String> quarantined = new TreeMap<>();
    AvroCodec<Quarantined> codec = AvroCodec.of(Quarantined.class);
    for (var record : TopicRecords.of(broker, dataset + "-quarantine")) {
      Quarantined message = codec.decode(record.value());
      assertThat(message.getTopic()).isEqualTo(dataset + "-samples");
      assertThat(message.getDetail()).isNotEmpty();
      String before =
          quarantined.put(
              message.getPartition() + "/" + message.getOffset(),
              message.getReason() + " " + hex(bytes(message.getValue())));
      assertThat(before).isNull();
    }
    return quarantined;
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String hex(byte @Nullable [] value) {
    return value == null ? "null" : HexFormat.of().formatHex(value);
  }

  private static long evidence(String prefix, String pipeline) {
    AvroCodec<Decision> codec = AvroCodec.of(Decision.class);
    return TopicRecords.of(broker, prefix + "decisions").stream()
        .map(record -> codec.decode(record.value()))
        .filter(decision -> decision.getPipeline().equals(pipeline))
        .mapToLong(Decision::getEvidence)
        .sum();
  }

  private Map<String, List<String>> tasks(
      String dataset, String prefix, int parallelism, String interval) throws Exception {
    run(dataset, prefix, parallelism, interval);
    return new TrainingRun(broker, directory).tasks(prefix);
  }

  private static List<TrainingTask> tasks(String prefix) {
    AvroCodec<TrainingTask> codec = AvroCodec.of(TrainingTask.class);
    return TopicRecords.of(broker, prefix + "training-tasks").stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  private void run(String dataset, String prefix, int parallelism, String interval)
      throws Exception {
    ContinuousTrainingJob.main(
        new TrainingRun(broker, directory)
            .arguments(dataset, prefix, parallelism, interval, "now"));
  }
}
