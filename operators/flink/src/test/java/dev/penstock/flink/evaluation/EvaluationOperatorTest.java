package dev.penstock.flink.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.Replays;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class EvaluationOperatorTest {

  private static final PipelineSpec COUNTED = pipeline("counted", "{samples: 7}");
  private static final PipelineSpec TIMED = pipeline("timed", "{every: 25ms}");
  private static final PipelineSpec NEW = pipeline("new", "{samples: 2}");

  @Test
  void neitherArrivalNorRestoresChangeAnEvaluation() throws Exception {
    for (int partitions : new int[] {1, 2, 5}) {
      List<List<SampleBlock>> log = log(partitions);
      Map<String, List<Evaluation>> expected = replay(log, 0);
      assertThat(expected.get("counted")).hasSize((partitions * 100 + 6) / 7);
      assertThat(expected.get("timed")).hasSizeGreaterThan(3);
      for (int seed = 1; seed < 5; seed++) {
        assertThat(replay(log, seed)).isEqualTo(expected);
      }
    }
  }

  @Test
  void testsWithWhatItIsTold() throws Exception {
    try (var harness = harness(1, "", NEW)) {
      harness.open();
      // Class 1 of which the model says 1, then class 0 of which it says 1.
      harness.processElement(new StreamRecord<>(block(0, 1, new long[] {5, 9}, 1, 0)));

      Evaluation evaluation = harness.extractOutputValues().get(0);
      assertThat(evaluation.getPipeline()).isEqualTo("new");
      assertThat(evaluation.getSlice()).isZero();
      assertThat(evaluation.getFrom()).isEqualTo(5);
      assertThat(evaluation.getTo()).isEqualTo(9);
      assertThat(evaluation.getSamples()).isEqualTo(2);
      assertThat(evaluation.getScored()).isEqualTo(2);
      assertThat(evaluation.getModels()).containsExactly(Map.entry("m", 2L));
      assertThat(evaluation.getMetrics()).containsEntry("accuracy", 0.5);
    }
  }

  @Test
  void doesNotWaitForAnIdlePartitionAndCountsWhatItBringsLater() throws Exception {
    try (var harness = harness(2, "idle-after: 100ms", NEW)) {
      harness.setProcessingTime(0);
      harness.open();
      harness.setProcessingTime(50);
      harness.processElement(new StreamRecord<>(block(0, 1, new long[] {1, 2, 3}, 1, 1, 1)));
      harness.setProcessingTime(99);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.setProcessingTime(125);
      assertThat(harness.extractOutputValues())
          .extracting(Evaluation::getFrom, Evaluation::getTo)
          .containsExactly(tuple(1L, 2L));

      // They are as late as the newest that did not wait for them.
      harness.processElement(new StreamRecord<>(block(1, 1, new long[] {0, 50}, 1, 1)));
      harness.processElement(new StreamRecord<>(block(0, 1, new long[] {60}, 1)));
      assertThat(harness.extractOutputValues())
          .extracting(Evaluation::getFrom, Evaluation::getTo)
          .containsExactly(tuple(1L, 2L), tuple(3L, 3L));
    }
  }

  @Test
  void aRestoredPipelineIsFoundByItsName() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(2, "", COUNTED, TIMED)) {
      harness.open();
      harness.processElement(new StreamRecord<>(block(0, 2, new long[] {1, 2, 3}, 1, 1, 1)));
      harness.processElement(new StreamRecord<>(block(1, 2, new long[] {2}, 1)));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(2, "", NEW, COUNTED)) {
      harness.initializeState(state);
      harness.open();
      harness.processElement(
          new StreamRecord<>(block(1, 2, new long[] {3, 4, 5, 6, 7}, 1, 1, 1, 1, 1)));
      harness.processElement(new StreamRecord<>(block(0, 2, new long[] {8}, 1)));

      // 1, 2 and 2 were evaluated before; 3, held back, had no model of the new pipeline.
      assertThat(harness.extractOutputValues())
          .extracting(
              Evaluation::getPipeline,
              Evaluation::getFrom,
              Evaluation::getTo,
              Evaluation::getScored)
          .containsExactly(
              tuple("new", 3L, 3L, 1L),
              tuple("new", 4L, 5L, 2L),
              tuple("counted", 1L, 5L, 7L),
              tuple("new", 6L, 7L, 2L));
    }
  }

  @Test
  void refusesAStateOfAnotherNumberOfPartitions() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(2, "", COUNTED)) {
      harness.open();
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(3, "", COUNTED)) {
      assertThatThrownBy(() -> harness.initializeState(state))
          .hasStackTraceContaining("must have the 2 partitions of the restored state, got 3");
    }
  }

  /** Ten blocks of ten samples a partition, dense in ties. */
  private static List<List<SampleBlock>> log(int partitions) {
    SplittableRandom random = new SplittableRandom(partitions);
    List<List<SampleBlock>> log = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<SampleBlock> blocks = new ArrayList<>();
      long time = 0;
      for (int i = 0; i < 10; i++) {
        long[] times = new long[10];
        for (int sample = 0; sample < times.length; sample++) {
          time += random.nextInt(3);
          times[sample] = time;
        }
        blocks.add(block(partition, 2, times, random.doubles(10, 0, 2).map(Math::floor).toArray()));
      }
      log.add(blocks);
    }
    return log;
  }

  private static Map<String, List<Evaluation>> replay(List<List<SampleBlock>> log, int seed)
      throws Exception {
    return Replays.run(log, seed, () -> harness(log.size(), "", COUNTED, TIMED)).stream()
        .collect(Collectors.groupingBy(Evaluation::getPipeline));
  }

  /** Samples of which the one model of every pipeline says class 1. */
  private static SampleBlock block(int partition, int pipelines, long[] times, double... labels) {
    Feedback one = new Feedback(1, new ModelInUse("m", 1, 10, 0.5), 1, 0, 0);
    Observation[] observations = new Observation[times.length];
    for (int i = 0; i < times.length; i++) {
      observations[i] =
          new Observation(labels[i], new byte[0], Collections.nCopies(pipelines, one));
    }
    // Where it stands does not matter here, but later blocks stand later.
    return SampleBlock.dense(partition, 100 * times[0], times, times[times.length - 1])
        .with(observations);
  }

  private static OneInputStreamOperatorTestHarness<SampleBlock, Evaluation> harness(
      int partitions, String contract, PipelineSpec... pipelines) throws Exception {
    Dataset dataset =
        Dataset.of(
            SpecReader.parseDataset(
                    "test",
                    """
                    kind: dataset
                    name: test
                    payload: {type: tensor, dtype: float32, shape: [2]}
                    label: {type: classes, names: [a, b]}
                    contract: {%s}
                    """
                        .formatted(contract))
                .complete());
    return new OneInputStreamOperatorTestHarness<>(
        EvaluationOperator.factory(dataset, Pipelines.of(List.of(pipelines)), partitions),
        new SampleBlockSerializer());
  }

  private static PipelineSpec pipeline(String name, String slice) {
    return SpecReader.parsePipeline(
        "test",
        """
        kind: pipeline
        name: %s
        dataset: test
        trigger: {type: data-amount, num-samples: 3}
        selection: {type: new-data}
        training: {model: {type: mlp}}
        evaluation: {slice: %s}
        """
            .formatted(name, slice));
  }
}
