package dev.penstock.flink.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Pipelines that are added, removed and reordered while samples wait with what models said. */
final class RestoredFeedbackTest {

  private static final Dataset DATASET =
      Dataset.of(
          SpecReader.parseDataset(
                  "test",
                  """
                  kind: dataset
                  name: test
                  payload: {type: tensor, dtype: float32, shape: [2]}
                  label: {type: classes, names: [a, b]}
                  """)
              .complete());

  @Test
  void eachPipelineKeepsItsOwn() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness("gone", "right", "wrong")) {
      harness.open();
      send(harness, block(0, "gone", "right", "wrong"));
      state = harness.snapshot(1, 1);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
    try (var harness = harness("wrong", "new", "right")) {
      harness.initializeState(state);
      harness.open();
      state = harness.snapshot(2, 2);
    }
    try (var harness = harness("right", "other", "wrong", "new")) {
      harness.initializeState(state);
      harness.open();
      send(harness, block(1, "right", "other", "wrong", "new"));

      // The first evaluation fires unseen. The second is about one sample of before and two of now:
      // nothing was said of the former for those that are new.
      assertThat(harness.extractOutputValues())
          .filteredOn(decision -> decision.getNumber() == 2)
          .extracting(
              Decision::getPipeline,
              Decision::getModelVersion,
              decision -> score(decision, "accuracy"),
              decision -> score(decision, "scoredSamples"))
          .containsExactly(
              tuple("right", "right-1", 1.0, 3.0),
              tuple("other", "other-1", 1.0, 2.0),
              tuple("wrong", "wrong-1", 0.0, 3.0),
              tuple("new", "new-1", 1.0, 2.0));
    }
  }

  private static double score(Decision decision, String name) {
    return decision.getScores().stream()
        .filter(score -> score.getName().equals(name))
        .mapToDouble(score -> score.getValue())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Four samples at 1, 2, 3, 4, of whose class the pipeline called wrong says the other. */
  private static SampleBlock block(int partition, String... pipelines) {
    List<Feedback> feedback = Stream.of(pipelines).map(RestoredFeedbackTest::feedback).toList();
    Observation[] observations = new Observation[4];
    Arrays.fill(observations, new Observation(1, new byte[0], feedback));
    return SampleBlock.dense(partition, 0, new long[] {1, 2, 3, 4}, 4).with(observations);
  }

  private static Feedback feedback(String pipeline) {
    ModelInUse model = new ModelInUse(pipeline + "-1", 1, 100, 0.5);
    return pipeline.equals("wrong")
        ? new Feedback(1, model, 0, 2f, 1)
        : new Feedback(1, model, 1, 0.1f, 0);
  }

  private static void send(
      OneInputStreamOperatorTestHarness<SampleBlock, Decision> harness, SampleBlock block)
      throws Exception {
    harness.processElement(new StreamRecord<>(block));
  }

  private static OneInputStreamOperatorTestHarness<SampleBlock, Decision> harness(String... names)
      throws Exception {
    List<PipelineSpec> pipelines = Stream.of(names).map(RestoredFeedbackTest::pipeline).toList();
    ModelSource models =
        new ModelSource(
            URI.create("file:///tmp"),
            () -> {
              throw new AssertionError("Nobody embeds");
            },
            topic -> {
              throw new AssertionError(topic + " is nobody's");
            },
            Duration.ZERO);
    return new OneInputStreamOperatorTestHarness<>(
        TriggerOperator.factory(
            new TriggerOperator.Settings(DATASET, Pipelines.of(pipelines), 2, models)),
        new SampleBlockSerializer());
  }

  private static PipelineSpec pipeline(String name) {
    return SpecReader.parsePipeline(
        "test",
        """
        kind: pipeline
        name: %s
        dataset: test
        trigger:
          type: performance
          evaluation-interval-data-points: 3
          decision-criteria: {accuracy: {type: threshold, metric-threshold: 0.5}}
        training: {model: {type: mlp}}
        """
            .formatted(name));
  }
}
