package dev.penstock.flink.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.Replays;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.flink.observation.ModelVersionFeed;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TriggerOperatorTest {

  private static final PipelineSpec COUNTING =
      pipeline(
          "counting", "{type: data-amount, num-samples: 3}", "{type: new-data, tail-triggers: 0}");
  private static final PipelineSpec TIMED =
      pipeline("timed", "{type: time, every: 10ms}", "{type: new-data, tail-triggers: 1}");
  private static final PipelineSpec LAST =
      pipeline(
          "last",
          "{type: data-amount, num-samples: 2}",
          "{type: new-data, tail-triggers: all, limit: {samples: 3, keep: last}}");
  private static final ModelSource MODELS =
      new ModelSource(
          URI.create("file:///tmp"),
          NoModels::new,
          topic -> {
            throw new IllegalStateException(topic + " is nobody's");
          },
          Duration.ZERO);
  private static final Duration IDLE = Duration.ofMillis(100);

  @Test
  void tellsEverythingAboutADecision() throws Exception {
    try (var harness = harness(2, null, COUNTING)) {
      harness.open();
      send(harness, block(0, 5, 100, 102, 104));
      send(harness, block(1, 0, 101, 103));

      assertThat(harness.extractOutputValues()).hasSize(1);
      Decision decision = harness.extractOutputValues().get(0);
      assertThat(decision.getPipeline()).isEqualTo("counting");
      assertThat(decision.getNumber()).isEqualTo(1);
      assertThat(decision.getTriggerNumber()).isEqualTo(1);
      assertThat(decision.getOutcome()).isEqualTo(Outcome.FIRED);
      assertThat(decision.getPolicy()).isEqualTo("data-amount");
      assertThat(decision.getReason()).startsWith("3 samples since the last trigger");
      assertThat(decision.getEvidence()).isEqualTo(3);
      assertThat(decision.getSliceTime()).isEqualTo(102);
      assertThat(decision.getWindowStart()).isEqualTo(offsets(5, 0));
      assertThat(decision.getBoundary()).isEqualTo(offsets(7, 1));
      assertThat(decision.getWindowSamples()).isEqualTo(3);
      assertThat(decision.getAbsentPartitions()).isEmpty();
      assertThat(decision.getModelVersion()).isNull();
    }
  }

  @Test
  void asksEachPipelineOnItsOwn() throws Exception {
    try (var harness = harness(1, null, COUNTING, TIMED, LAST)) {
      harness.open();
      send(harness, block(0, 0, 0, 5, 10, 15));

      assertThat(harness.extractOutputValues())
          .extracting(Decision::getPipeline, Decision::getEvidence, Decision::getWindowSamples)
          .containsExactly(
              tuple("counting", 3L, 3L),
              tuple("timed", 2L, 2L),
              tuple("last", 2L, 2L),
              tuple("last", 2L, 3L));
    }
  }

  @Test
  void neitherArrivalNorRestoresChangeADecision() throws Exception {
    for (int partitions : new int[] {1, 2, 5}) {
      List<List<SampleBlock>> log = log(partitions);
      Map<String, List<Decision>> expected = replay(log, 0);
      assertThat(expected).hasSize(3);
      assertThat(expected.get("counting")).hasSizeGreaterThan(60);
      for (int seed = 1; seed < 4; seed++) {
        assertThat(replay(log, seed)).isEqualTo(expected);
      }
    }
  }

  @Test
  void waitsForAQuietPartitionForEverUnlessToldOtherwise() throws Exception {
    try (var harness = harness(2, null, COUNTING)) {
      harness.open();
      send(harness, block(0, 0, 1, 2, 3, 4));
      harness.setProcessingTime(Long.MAX_VALUE / 2);

      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void decidesWithoutAnIdlePartitionAndNamesIt() throws Exception {
    try (var harness = harness(2, IDLE, COUNTING)) {
      harness.setProcessingTime(0);
      harness.open();
      harness.setProcessingTime(50);
      send(harness, block(0, 0, 1, 2, 3, 4));
      harness.setProcessingTime(99);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.setProcessingTime(125);

      assertThat(harness.extractOutputValues()).hasSize(1);
      Decision decision = harness.extractOutputValues().get(0);
      assertThat(decision.getAbsentPartitions()).containsExactly(1);
      assertThat(decision.getBoundary()).isEqualTo(offsets(3, 0));
    }
  }

  @Test
  void whatAnIdlePartitionBringsLaterIsCountedOnce() throws Exception {
    try (var harness = harness(2, IDLE, COUNTING)) {
      harness.setProcessingTime(0);
      harness.open();
      send(harness, block(1, 0, 100, 200, 300));
      harness.setProcessingTime(75);
      send(harness, block(1, 3, 400));
      harness.setProcessingTime(125);
      assertThat(harness.extractOutputValues()).hasSize(1);

      send(harness, block(0, 0, 1, 2, 500));
      send(harness, block(1, 4, 600));

      assertThat(harness.extractOutputValues()).hasSize(2);
      Decision decision = harness.extractOutputValues().get(1);
      assertThat(decision.getAbsentPartitions()).isEmpty();
      assertThat(decision.getWindowStart()).isEqualTo(offsets(0, 3));
      assertThat(decision.getBoundary()).isEqualTo(offsets(2, 4));
      assertThat(decision.getEvidence()).isEqualTo(3);
      assertThat(decision.getSliceTime()).isEqualTo(401);
    }
  }

  @Test
  void aRestoredPipelineIsFoundByItsName() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, null, COUNTING, TIMED)) {
      harness.open();
      send(harness, block(0, 0, 1, 2, 3, 4, 5));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(1, null, LAST, COUNTING)) {
      harness.initializeState(state);
      harness.open();
      send(harness, block(0, 5, 6));

      // The new one begins here; the other goes on; the third is gone.
      assertThat(harness.extractOutputValues())
          .extracting(Decision::getPipeline, Decision::getNumber)
          .containsExactly(tuple("counting", 2L));
      send(harness, block(0, 6, 7));
      assertThat(harness.extractOutputValues().get(1).getPipeline()).isEqualTo("last");
      assertThat(harness.extractOutputValues().get(1).getWindowStart()).isEqualTo(offsets(5));
    }
  }

  @Test
  void refusesAStateOfAnotherNumberOfPartitions() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(2, null, COUNTING)) {
      harness.open();
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(3, null, COUNTING)) {
      assertThatThrownBy(() -> harness.initializeState(state))
          .hasStackTraceContaining(
              "Sample log must have the 2 partitions of the restored state, got 3");
    }
  }

  /** Blocks of ten samples a partition, dense in ties, and a marker at the end of each. */
  private static List<List<SampleBlock>> log(int partitions) {
    SplittableRandom random = new SplittableRandom(partitions);
    List<List<SampleBlock>> log = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<SampleBlock> blocks = new ArrayList<>();
      long time = 0;
      for (int i = 0; i < 20; i++) {
        long[] times = new long[10];
        for (int sample = 0; sample < times.length; sample++) {
          time += random.nextInt(3);
          times[sample] = time;
        }
        blocks.add(block(partition, 10L * i, times));
      }
      blocks.add(SampleBlock.marker(partition, 200, 1000));
      log.add(blocks);
    }
    return log;
  }

  private static Map<String, List<Decision>> replay(List<List<SampleBlock>> log, int seed)
      throws Exception {
    return Replays.run(log, seed, () -> harness(log.size(), null, COUNTING, TIMED, LAST)).stream()
        .collect(Collectors.groupingBy(Decision::getPipeline));
  }

  private static PipelineSpec pipeline(String name, String trigger, String selection) {
    return SpecReader.parsePipeline(
        "test",
        """
        kind: pipeline
        name: %s
        dataset: test
        trigger: %s
        selection: %s
        training: {model: {type: mlp}}
        """
            .formatted(name, trigger, selection));
  }

  private static OneInputStreamOperatorTestHarness<SampleBlock, Decision> harness(
      int partitions, @Nullable Duration idleAfter, PipelineSpec... pipelines) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        TriggerOperator.factory(
            new TriggerOperator.Settings(
                dataset(idleAfter), Pipelines.of(List.of(pipelines)), partitions, MODELS)),
        new SampleBlockSerializer());
  }

  /** Nothing has been trained. */
  private static final class NoModels implements ModelVersionFeed {

    @Override
    public List<ModelVersion> poll() {
      return List.of();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static Dataset dataset(@Nullable Duration idleAfter) {
    return Dataset.of(
        SpecReader.parseDataset(
                "test",
                """
                kind: dataset
                name: test
                payload: {type: tensor, dtype: float32, shape: [2]}
                label: {type: classes, names: [a, b]}
                contract: {%s}
                """
                    .formatted(idleAfter == null ? "" : "idle-after: " + idleAfter))
            .complete());
  }

  private static void send(
      OneInputStreamOperatorTestHarness<SampleBlock, Decision> harness, SampleBlock block)
      throws Exception {
    harness.processElement(new StreamRecord<>(block));
  }

  private static SampleBlock block(int partition, long offset, long... times) {
    return SampleBlock.dense(partition, offset, times, times[times.length - 1]);
  }

  private static List<PartitionOffset> offsets(long... byPartition) {
    List<PartitionOffset> offsets = new ArrayList<>();
    for (int partition = 0; partition < byPartition.length; partition++) {
      offsets.add(new PartitionOffset(partition, byPartition[partition]));
    }
    return offsets;
  }
}
