package dev.penstock.flink.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ai.djl.Device;
import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.Replays;
import dev.penstock.flink.observation.Versions.Model;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.source.RawRecordSerializer;
import dev.penstock.models.FeatureScale;
import dev.penstock.models.ModelCard;
import dev.penstock.models.Network;
import dev.penstock.models.Safetensors;
import dev.penstock.models.Tensor;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The observer with models of the engine. */
final class ObserveOperatorITCase {

  /** What has been published, for operators that are serialized with their feed. */
  private static final List<ModelVersion> PUBLISHED = new CopyOnWriteArrayList<>();

  private static final PipelineSpec LABELLED =
      pipeline(
          "labelled",
          """
          {type: performance, evaluation-interval-data-points: 10,
            decision-criteria: {accuracy: {type: threshold, metric-threshold: 0.5}}}\
          """);
  private static final PipelineSpec PREDICTED = pipeline("predicted", drift("predictions"));
  private static final PipelineSpec EMBEDDED = pipeline("embedded", drift("embeddings"));

  private static final DatasetSpec DATASET =
      SpecReader.parseDataset(
              "test",
              """
              kind: dataset
              name: test
              payload: {type: tensor, dtype: float32, shape: [2]}
              label: {type: classes, names: [a, b]}
              """)
          .complete();

  /** When the operator begins, of which records are older but where a test says otherwise. */
  private static final long NOW = 1_000_000_000_000L;

  @TempDir Path artifacts;

  private final SampleEncoder encoder = new SampleEncoder();

  @BeforeEach
  void unpublish() {
    PUBLISHED.clear();
  }

  @Test
  void scoresWithTheVersionOfARecordsTimeAndPlace() throws Exception {
    Model model = model(1);
    PUBLISHED.add(Versions.trained("labelled", 1, 1_000, model, 3));
    PUBLISHED.add(Versions.failed("labelled", 2, 2_000, 4));
    PUBLISHED.add(Versions.trained("labelled", 3, 3_000, model(2), 6));

    Map<Long, Feedback> seen;
    try (var harness = harness(Duration.ZERO, LABELLED)) {
      harness.open();
      long[] written = {500, 600, 700, 999, 1_000, 2_500, 2_999, 3_000};
      for (int offset = 0; offset < written.length; offset++) {
        send(harness, record(0, offset, written[offset], sample(offset, 1)));
      }
      tick(harness);
      seen = feedback(harness.extractOutputValues(), 0);
    }

    assertThat(seen.values())
        .extracting(Feedback::settled, ObserveOperatorITCase::idOf)
        .containsExactly(
            tuple(0L, "none"),
            tuple(0L, "none"),
            tuple(0L, "none"),
            tuple(0L, "none"),
            tuple(1L, "labelled-1"),
            tuple(2L, "labelled-1"),
            tuple(2L, "labelled-1"),
            tuple(3L, "labelled-3"));
    // One model says class 0 of everything, the other class 1, which is true.
    assertThat(seen.values())
        .extracting(Feedback::rank)
        .containsExactly(-1, -1, -1, -1, 1, 1, 1, 0);
  }

  @Test
  void whatIsNotLabelledIsScoredWhereSomebodyLooksAtPredictions() throws Exception {
    for (PipelineSpec spec : List.of(LABELLED, PREDICTED, EMBEDDED)) {
      PUBLISHED.add(Versions.trained(spec.name(), 1, 1_000, model(2), 0));
    }
    Observation observation;
    try (var harness = harness(Duration.ZERO, LABELLED, PREDICTED, EMBEDDED)) {
      harness.open();
      send(harness, record(0, 0, 2_000, encoder.unlabelled(5, "", payload(1, 2))));
      tick(harness);
      observation = first(harness.extractOutputValues());
    }

    assertThat(observation.label()).isNaN();
    assertThat(observation.payload()).isEqualTo(payload(1, 2));
    ModelInUse one = new ModelInUse("labelled-1", 1, 100, 0.5);
    assertThat(observation.feedback(0)).isEqualTo(Feedback.unscored(1, one));
    assertThat(observation.feedback(1).predicted()).isEqualTo(1);
    assertThat(observation.feedback(1).loss()).isNaN();
    assertThat(observation.feedback(1).rank()).isEqualTo(-1);
    assertThat(observation.feedback(2).predicted()).isNaN();
    assertThat(idOf(observation.feedback(2))).isEqualTo("embedded-1");
  }

  @Test
  void copiesNoPayloadThatNobodyLooksAt() throws Exception {
    try (var harness = harness(Duration.ZERO, LABELLED, PREDICTED)) {
      harness.open();
      send(harness, record(0, 0, 2_000, sample(5, 1)));
      tick(harness);

      assertThat(first(harness.extractOutputValues()).payload()).isEmpty();
    }
  }

  @Test
  void markersAndWhatIsNoSampleMoveTheBlockOn() throws Exception {
    try (var harness = harness(Duration.ZERO, LABELLED)) {
      harness.open();
      send(harness, record(0, 7, 1_000, new byte[] {1, 2, 3}));
      send(harness, record(0, 8, 1_000, sample(5, 1)));
      send(harness, record(0, 9, 1_000, null));
      send(harness, record(0, 10, 1_000, encoder.classified(6, 9, "", payload(0, 0))));
      send(harness, record(0, 11, 1_000, encoder.progress(90)));
      tick(harness);

      List<SampleBlock> blocks = harness.extractOutputValues();
      assertThat(blocks.get(0).startOffset()).isEqualTo(7);
      assertThat(blocks.get(blocks.size() - 1).endOffset()).isEqualTo(12);
      assertThat(blocks.get(blocks.size() - 1).endTime()).isEqualTo(90);
      assertThat(observations(blocks)).containsOnlyKeys(8L);
    }
  }

  @Test
  void holdsWhatIsYoungerThanTheFeedbackDelayAcrossARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(Duration.ofHours(1), LABELLED)) {
      harness.open();
      send(harness, record(0, 0, NOW - 7_200_000, sample(1, 1)));
      send(harness, record(0, 1, NOW, sample(2, 1)));
      send(harness, record(1, 0, NOW, sample(3, 1)));
      tick(harness);
      state = harness.snapshot(1, 1);
      assertThat(harness.extractOutputValues()).extracting(SampleBlock::size).containsExactly(1);
    }
    PUBLISHED.add(Versions.trained("labelled", 1, NOW, model(2), 1));
    try (var harness = harness(Duration.ZERO, LABELLED)) {
      harness.initializeState(state);
      harness.open();
      tick(harness);

      // Published while they were held: it is active at them.
      assertThat(harness.extractOutputValues())
          .extracting(SampleBlock::partition, SampleBlock::startOffset, SampleBlock::size)
          .containsExactly(tuple(0, 1L, 1), tuple(1, 0L, 1));
      assertThat(feedback(harness.extractOutputValues().subList(0, 1), 0).values())
          .extracting(ObserveOperatorITCase::idOf)
          .containsExactly("labelled-1");
    }
  }

  @Test
  void neitherArrivalNorRestoresChangeWhatIsSaid() throws Exception {
    for (PipelineSpec spec : List.of(LABELLED, PREDICTED, EMBEDDED)) {
      PUBLISHED.add(Versions.trained(spec.name(), 1, 40_000, random(3), 60, 30, 0));
      PUBLISHED.add(Versions.failed(spec.name(), 2, 100_000, 150, 150, 150));
      PUBLISHED.add(Versions.trained(spec.name(), 3, 200_000, random(4), 250, 200, 300));
    }
    List<List<RawRecord>> log = log(3, 400);
    Map<String, Observation> expected = replay(log, 0);
    assertThat(expected).hasSizeGreaterThan(1_000);
    assertThat(expected.values())
        .extracting(observation -> idOf(observation.feedback(0)))
        .contains("none", "labelled-1", "labelled-3");
    for (int seed = 1; seed < 3; seed++) {
      assertThat(replay(log, seed)).isEqualTo(expected);
    }
  }

  private Map<String, Observation> replay(List<List<RawRecord>> log, int seed) throws Exception {
    List<SampleBlock> blocks =
        Replays.run(log, seed, () -> harness(Duration.ZERO, LABELLED, PREDICTED, EMBEDDED));
    Map<String, Observation> observations = new TreeMap<>();
    for (SampleBlock block : blocks) {
      for (int i = 0; i < block.size(); i++) {
        Observation before =
            observations.put(
                block.partition() + "/" + block.offset(i),
                Objects.requireNonNull(block.observations())[i]);
        assertThat(before).isNull();
      }
    }
    return observations;
  }

  /** Records, one a second, of which some are no samples or not labelled. */
  private List<List<RawRecord>> log(int partitions, int records) {
    SplittableRandom random = new SplittableRandom(5);
    List<List<RawRecord>> log = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<RawRecord> of = new ArrayList<>();
      for (int offset = 0; offset < records; offset++) {
        byte[] payload = payload((float) random.nextDouble(-1, 1), (float) random.nextDouble());
        byte[] value =
            switch (random.nextInt(20)) {
              case 0 -> encoder.progress(offset);
              case 1 -> new byte[] {7};
              case 2 -> encoder.unlabelled(offset, "", payload);
              default -> encoder.classified(offset, random.nextInt(2), "", payload);
            };
        of.add(record(partition, offset, 1_000L * offset, value));
      }
      log.add(of);
    }
    return log;
  }

  private static Observation first(List<SampleBlock> blocks) {
    return observations(blocks).values().iterator().next();
  }

  private static Map<Long, Observation> observations(List<SampleBlock> blocks) {
    Map<Long, Observation> observations = new TreeMap<>();
    for (SampleBlock block : blocks) {
      for (int i = 0; i < block.size(); i++) {
        observations.put(block.offset(i), Objects.requireNonNull(block.observations())[i]);
      }
    }
    return observations;
  }

  private static Map<Long, Feedback> feedback(List<SampleBlock> blocks, int pipeline) {
    Map<Long, Feedback> feedback = new TreeMap<>();
    observations(blocks)
        .forEach((offset, observation) -> feedback.put(offset, observation.feedback(pipeline)));
    return feedback;
  }

  private static String idOf(Feedback feedback) {
    @Nullable ModelInUse model = feedback.model();
    return model == null ? "none" : model.id();
  }

  private static RawRecord record(
      int partition, long offset, long timestamp, byte @Nullable [] value) {
    return new RawRecord().set(partition, offset, timestamp, null, value);
  }

  private byte[] sample(long timestamp, int label) {
    return encoder.classified(timestamp, label, "", payload(1, 1));
  }

  private static byte[] payload(float x, float y) {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(x).putFloat(y);
    return bytes;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness, RawRecord record)
      throws Exception {
    harness.processElement(new StreamRecord<>(record));
  }

  /** Ends the wait for more of a batch, once what is due has been asked for again. */
  private static void tick(OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness)
      throws Exception {
    harness.setProcessingTime(harness.getProcessingTime() + 20);
  }

  private OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness(
      Duration delay, PipelineSpec... pipelines) throws Exception {
    ModelSource source =
        new ModelSource(
            artifacts.toUri(),
            PublishedFeed::new,
            topic -> {
              throw new AssertionError(topic + " is nobody's");
            },
            delay);
    var harness =
        new OneInputStreamOperatorTestHarness<RawRecord, SampleBlock>(
            ObserveOperator.factory(
                new ObserveOperator.Settings(
                    Dataset.of(DATASET),
                    Pipelines.of(List.of(pipelines)),
                    source,
                    ObserveOperator.For.TRIGGERS)),
            new RawRecordSerializer());
    harness.setProcessingTime(NOW);
    return harness;
  }

  /** A model that is sure of one class: 1 of the first, 2 of the second. */
  private Model model(int which) {
    return store(which, /* drawn= */ false);
  }

  /** A model of random weights. */
  private Model random(long seed) {
    return store(seed, /* drawn= */ true);
  }

  private Model store(long seed, boolean drawn) {
    PipelineSpec spec = LABELLED;
    Network network = Network.of(spec.training().model(), DATASET.payload(), DATASET.label());
    TrainingTask task =
        TrainingTask.newBuilder()
            .setId("m")
            .setPipeline("m")
            .setDecisionNumber(1)
            .setTriggerNumber(1)
            .setDataset(SpecJson.write(DATASET))
            .setTraining(SpecJson.write(spec.training()))
            .setTrainingSet(SampleSet.builder().build().toRecord())
            .setSliceTime(0)
            .setBoundary(List.of())
            .setSeed(1)
            .build();
    ModelCard.Facts facts = new ModelCard.Facts("", 0, "", "test", 1, "cpu", Map.of());
    ArtifactStore store = ArtifactStore.open(artifacts.toUri());
    try (ai.djl.Model ignored = network.newModel(Device.cpu())) {
      network.randomize(seed);
      var weights = new TreeMap<>(network.weights());
      if (!drawn) {
        weights.replaceAll(
            (name, tensor) ->
                new Tensor(
                    tensor.shape(),
                    tensor.shape().size() == 2
                        ? new float[tensor.values().length]
                        : seed == 1 ? new float[] {9, 0} : new float[] {0, 9}));
      }
      weights.putAll(FeatureScale.NONE.toTensors());
      return new Model(
          store.put(Safetensors.write(weights, Map.of())), store.put(ModelCard.write(task, facts)));
    }
  }

  private static String drift(String watch) {
    return """
    {type: data-drift, evaluation-interval-data-points: 10, watch: %s,
      windowing-strategy: {type: amount, amount-ref: 10, amount-cur: 10},
      metrics: {ks: {type: ks, aggregation: bonferroni, decision-criterion: {type: p-value}}}}\
    """
        .formatted(watch);
  }

  private static PipelineSpec pipeline(String name, String trigger) {
    return SpecReader.parsePipeline(
        "test",
        """
        kind: pipeline
        name: %s
        dataset: test
        trigger: %s
        training: {model: {type: mlp, hidden: []}}
        """
            .formatted(name, trigger));
  }

  private static final class PublishedFeed implements ModelVersionFeed {

    private int told;

    @Override
    public List<ModelVersion> poll() {
      List<ModelVersion> versions = List.copyOf(PUBLISHED.subList(told, PUBLISHED.size()));
      told += versions.size();
      return versions;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
