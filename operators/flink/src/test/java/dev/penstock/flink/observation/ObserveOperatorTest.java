package dev.penstock.flink.observation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.observation.PredictionFeed.Message;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.source.RawRecordSerializer;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Prediction;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.serde.SampleEncoder;
import dev.penstock.schemas.spec.SpecReader;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ObserveOperatorTest {

  private static final long TIME = 1_000_000;
  private static final int DELAY = 100;

  /** Long after all samples and what was said of them. */
  private static final long NOW = TIME + 1_000_000;

  private static final int SAMPLES = 6;
  private static final AvroCodec<Prediction> CODEC = AvroCodec.of(Prediction.class);

  private static final List<Message> SAID =
      List.of(
          said(0, TIME + 10, 0, 1, null),
          said(1, TIME + 10, 1, 0, null),
          said(2, TIME + 20, 2, 0, List.of(0.75f, 0.25f)),
          said(3, TIME + 20, 99, 0, null),
          new Message(0, 4, TIME + 20, new byte[] {1, 2, 3}),
          said(5, TIME + 30, 5, 1, null),
          said(6, TIME + 31, 5, 0, null),
          said(7, TIME + DELAY + 4, 4, 1, null),
          said(8, TIME + DELAY + 4, 3, 1, null),
          said(9, TIME + 10_000, 0, 0, null));

  @Test
  void seesWhatTheServingSystemSaidInTime() throws Exception {
    Map<Long, Feedback> seen = new TreeMap<>();
    try (var harness = harness(() -> Long.MAX_VALUE)) {
      harness.open();
      for (int offset = 0; offset < SAMPLES; offset++) {
        harness.processElement(sample(offset));
      }
      drain(harness, seen);
    }

    assertThat(seen.get(0L)).isEqualTo(new Feedback(0, null, 1, Float.NaN, 0));
    assertThat(seen.get(1L)).isEqualTo(new Feedback(0, null, 0, Float.NaN, 1));
    assertThat(seen.get(2L)).isEqualTo(new Feedback(0, null, 0, (float) -Math.log(0.25f), 1));
    assertThat(seen.get(3L)).isEqualTo(Feedback.NONE);
    assertThat(seen.get(4L)).isEqualTo(new Feedback(0, null, 1, Float.NaN, 0));
    assertThat(seen.get(5L)).isEqualTo(new Feedback(0, null, 1, Float.NaN, 0));
  }

  @Test
  void seesTheSameAfterARestoreAtAnyTime() throws Exception {
    Map<Long, Feedback> expected = new TreeMap<>();
    try (var harness = harness(() -> Long.MAX_VALUE)) {
      harness.open();
      for (int offset = 0; offset < SAMPLES; offset++) {
        harness.processElement(sample(offset));
      }
      drain(harness, expected);
    }
    assertThat(expected).hasSize(SAMPLES);
    for (int at = 0; at <= SAMPLES; at++) {
      Map<Long, Feedback> seen = new TreeMap<>();
      var harness = harness(() -> TIME + DELAY + 2);
      harness.open();
      for (int offset = 0; offset < at; offset++) {
        harness.processElement(sample(offset));
      }
      harness.prepareSnapshotPreBarrier(1);
      var state = harness.snapshot(1, 1);
      collect(harness, seen);
      harness.close();
      try (var restored = harness(() -> Long.MAX_VALUE)) {
        restored.initializeState(state);
        restored.open();
        for (int offset = at; offset < SAMPLES; offset++) {
          restored.processElement(sample(offset));
        }
        drain(restored, seen);
      }
      assertThat(seen).as("restored at %d", at).isEqualTo(expected);
    }
  }

  @Test
  void holdsASampleUntilTheTopicHasBeenReadFarEnough() throws Exception {
    Map<Long, Feedback> seen = new TreeMap<>();
    try (var harness = harness(() -> TIME + DELAY + 2)) {
      harness.open();
      for (int offset = 0; offset < SAMPLES; offset++) {
        harness.processElement(sample(offset));
      }
      drain(harness, seen);
    }

    assertThat(seen.keySet()).containsExactly(0L, 1L, 2L);
  }

  /** Two ticks, since the operator asks its feeds once a tick. */
  private static void drain(
      OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness, Map<Long, Feedback> seen)
      throws Exception {
    for (int tick = 1; tick <= 2; tick++) {
      harness.setProcessingTime(NOW + 20L * tick);
    }
    collect(harness, seen);
  }

  private static void collect(
      OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness, Map<Long, Feedback> seen) {
    for (SampleBlock block : harness.extractOutputValues()) {
      Observation[] observations = requireNonNull(block.observations());
      for (int i = 0; i < block.size(); i++) {
        assertThat(seen.put(block.offset(i), observations[i].feedback(0))).isNull();
      }
    }
  }

  /** Of class 1, a millisecond after the one before. */
  private static StreamRecord<RawRecord> sample(int offset) {
    byte[] value = new SampleEncoder().classified(offset, 1, "k", new byte[8]);
    return new StreamRecord<>(new RawRecord().set(0, offset, TIME + offset, null, value));
  }

  private static Message said(
      int at, long time, long offset, long predicted, @Nullable List<Float> probabilities) {
    Prediction prediction = new Prediction(0, offset, predicted, probabilities, "no-version");
    return new Message(0, at, time, CODEC.encode(prediction));
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, SampleBlock> harness(End readable)
      throws Exception {
    Dataset dataset =
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
    Pipelines pipelines =
        Pipelines.of(
            List.of(
                SpecReader.parsePipeline(
                    "test",
                    """
                    kind: pipeline
                    name: test
                    dataset: test
                    trigger:
                      type: detector
                      watch: error
                      evaluation-interval-data-points: 10
                      detector: {type: ddm}
                    predictions: {topic: said}
                    training: {model: {type: mlp}}
                    """)));
    ModelSource source =
        new ModelSource(
            URI.create("file:///tmp"),
            NoModels::new,
            topic -> new SaidFeed(readable),
            Duration.ofMillis(DELAY));
    var harness =
        new OneInputStreamOperatorTestHarness<RawRecord, SampleBlock>(
            ObserveOperator.factory(
                new ObserveOperator.Settings(
                    dataset, pipelines, source, ObserveOperator.For.TRIGGERS)),
            new RawRecordSerializer());
    harness.setProcessingTime(NOW);
    return harness;
  }

  /** Up to when the topic can be read. */
  private interface End extends Serializable {
    long until();
  }

  /** One partition in memory. */
  private static final class SaidFeed implements PredictionFeed {

    private final End readable;
    private int next;

    private SaidFeed(End readable) {
      this.readable = readable;
    }

    @Override
    public void seek(long from) {
      next = 0;
      while (next < SAID.size() && SAID.get(next).time() < from) {
        next++;
      }
    }

    @Override
    public long read(long until, Consumer<Message> messages) {
      long end = Math.min(until, readable.until());
      while (next < SAID.size() && SAID.get(next).time() <= end) {
        messages.accept(SAID.get(next++));
      }
      return end;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
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
}
