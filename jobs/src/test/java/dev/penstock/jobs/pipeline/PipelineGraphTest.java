package dev.penstock.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.flink.selection.PartitionDecision;
import dev.penstock.flink.selection.SelectionPart;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.jobs.io.KafkaModelVersionFeed;
import dev.penstock.jobs.io.KafkaPredictionFeed;
import dev.penstock.jobs.io.KafkaStreams;
import dev.penstock.jobs.io.KafkaStreams.From;
import dev.penstock.jobs.io.KafkaStreams.Until;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.topic.KafkaSettings;
import dev.penstock.schemas.topic.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** What must be true of every operator of every job. */
final class PipelineGraphTest {

  private static final KafkaSettings KAFKA = new KafkaSettings("127.0.0.1:1", Map.of());
  private static final KafkaStreams STREAMS = new KafkaStreams(KAFKA, "test");
  private static final Dataset DATASET =
      Dataset.of(
          SpecReader.parseDataset(
                  "test",
                  """
                  kind: dataset
                  name: test
                  payload: {type: tensor, shape: [2]}
                  label: {type: real}
                  """)
              .complete());
  private static final Pipelines PIPELINES =
      Pipelines.of(
          List.of(
              SpecReader.parsePipeline(
                  "test",
                  """
                  kind: pipeline
                  name: test
                  dataset: test
                  trigger: {type: data-amount, num-samples: 10}
                  training: {model: {type: mlp}}
                  """)));

  private static final ModelSource MODELS =
      new ModelSource(
          URI.create("file:///tmp"),
          KafkaModelVersionFeed.of(KAFKA, "model-versions"),
          KafkaPredictionFeed.of(KAFKA),
          Duration.ofSeconds(1));

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment(JobDefaults.configuration("test"));

  @Test
  void everyOperatorOfTheTrainingJobHasUidAndName() {
    new ContinuousTrainingPipeline(DATASET, PIPELINES, 4, MODELS, 1000)
        .attach(records(), new TrainingTopics(STREAMS, new Topics("")).sinks());

    assertUidsAndNames(9);
  }

  @Test
  void everyOperatorOfTheEvaluationJobHasUidAndName() {
    DataStream<Evaluation> evaluations =
        new EvaluationPipeline(DATASET, PIPELINES, 4, MODELS).attach(records());
    evaluations.sinkTo(new DiscardingSink<>()).uid("sink").name("Sink: discard");

    assertUidsAndNames(4);
  }

  @Test
  void aForgottenUidFailsTheJob() {
    records().map(RawRecord::offset).sinkTo(new DiscardingSink<>()).uid("sink");

    assertThatThrownBy(() -> env.getStreamGraph().getJobGraph())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Auto generated UIDs have been disabled");
  }

  @Test
  void aTypeWithoutASerializerOfItsOwnFailsTheJob() {
    TypeInformation<Object> generic = TypeInformation.of(Object.class);

    assertThatThrownBy(() -> generic.createSerializer(env.getConfig().getSerializerConfig()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Generic types have been disabled");
    for (Class<?> type : List.of(PartitionDecision.class, SelectionPart.class)) {
      TypeInformation.of(type).createSerializer(env.getConfig().getSerializerConfig());
    }
  }

  private DataStream<RawRecord> records() {
    return STREAMS.samples(env, "test-samples", From.EARLIEST, Until.STOPPED);
  }

  private void assertUidsAndNames(int least) {
    StreamGraph graph = env.getStreamGraph();
    assertThat(graph.getJobGraph().getVertices()).isNotEmpty();
    assertThat(graph.getStreamNodes()).hasSizeGreaterThanOrEqualTo(least);
    for (StreamNode node : graph.getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      assertThat(node.getOperatorName()).contains(": ");
    }
  }
}
