package dev.penstock.flink.evaluation;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.source.RawRecordSerializer;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.SampleContract;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.DatasetSpec;
import dev.penstock.schemas.spec.LabelSpec;
import dev.penstock.schemas.spec.PipelineSpec;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Scores every labelled sample with the model that was active when its record was written.
 *
 * <p>A version takes a moment from being finished to being seen here. A sample is therefore held
 * until the feedback delay after its record's timestamp, so that live and replayed evaluations use
 * the same models; samples of the past are not held at all. Held samples are state.
 */
public final class ScoreOperator extends AbstractStreamOperator<ScoredBlock>
    implements OneInputStreamOperator<RawRecord, ScoredBlock>, BoundedOneInput {

  /** Configuration of the operator. */
  public record Settings(
      Dataset dataset,
      Pipelines pipelines,
      URI artifacts,
      ModelVersionFeed.Factory feed,
      Duration feedbackDelay)
      implements Serializable {}

  @Serial private static final long serialVersionUID = 1L;
  private static final int MAX_BATCH = 256;
  private static final int MAX_HELD = 100_000;
  private static final long TICK_MILLIS = 100;

  // configuration
  private final Settings settings;

  // runtime
  private final transient MailboxExecutor mailbox;
  private transient List<PipelineSpec> pipelines;
  private transient PartitionScores.Target target;
  private transient SampleHeaderReader header;
  private transient SampleContract contract;
  private transient ActiveModels models;
  private transient ModelVersionFeed feed;
  private transient ArrayDeque<RawRecord> held;
  private transient Map<Integer, PartitionScores> scores;
  private transient long knownUntil;
  private transient ListState<RawRecord> heldState;
  private transient Counter scored;

  private ScoreOperator(StreamOperatorParameters<ScoredBlock> parameters, Settings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
  }

  /** Makes operators with these settings. */
  public static OneInputOperatorFactory<RawRecord, ScoredBlock> factory(Settings settings) {
    return new OneInputOperatorFactory<>(
        ScoreOperator.class, parameters -> new ScoreOperator(parameters, settings));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    held = new ArrayDeque<>();
    heldState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("held", RawRecordSerializer.TYPE));
    for (RawRecord record : heldState.get()) {
      held.add(record);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    DatasetSpec dataset = settings.dataset.spec();
    pipelines = settings.pipelines.specs();
    target =
        dataset.label() instanceof LabelSpec.Classes
            ? PartitionScores.Target.CLASS
            : PartitionScores.Target.REAL;
    header = new SampleHeaderReader();
    contract = new SampleContract(dataset);
    models = new ActiveModels(ArtifactStore.open(settings.artifacts), 2 * pipelines.size());
    feed = settings.feed.open();
    scores = new TreeMap<>();
    scored = getMetricGroup().counter("samplesScored");
    getMetricGroup().gauge("samplesHeld", () -> held.size());
    scheduleTick();
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) throws InterruptedException {
    held.add(RawRecordSerializer.copyOf(element.getValue()));
    scoreDue();
    while (held.size() >= MAX_HELD) {
      // Back pressure: more than this would not fit the memory. The tick makes room.
      mailbox.yield();
    }
  }

  /** Scores those held whose models are known by now. */
  private void scoreDue() {
    long now = System.currentTimeMillis();
    long due = now - settings.feedbackDelay.toMillis();
    while (!held.isEmpty() && held.getFirst().timestamp() <= due) {
      RawRecord record = held.removeFirst();
      if (record.timestamp() > knownUntil) {
        flush();
        feed.poll().forEach(models::add);
        knownUntil = due;
      }
      score(record);
    }
  }

  private void score(RawRecord record) {
    byte[] value = record.value();
    PartitionScores partition =
        scores.computeIfAbsent(
            record.partition(), id -> new PartitionScores(id, pipelines.size(), target));
    if (value == null) {
      return;
    }
    switch (header.read(value)) {
      case PROGRESS -> partition.progress(header.timestamp());
      case SAMPLE -> {
        if (contract.accepts(header, record.timestamp())) {
          partition.progress(header.timestamp());
          if (header.labelKind() != LabelKind.NONE) {
            addLabelled(record, value, partition);
          }
        }
      }
      case INVALID -> {
        // The training job sends it to the quarantine.
      }
    }
    if (partition.size() >= MAX_BATCH) {
      emit(partition);
    }
  }

  private void addLabelled(RawRecord record, byte[] value, PartitionScores partition) {
    @Nullable ModelVersion[] active = new ModelVersion[pipelines.size()];
    for (int i = 0; i < active.length; i++) {
      active[i] =
          models.at(
              pipelines.get(i).name(), record.partition(), record.offset(), record.timestamp());
    }
    double label = header.labelKind() == LabelKind.CLASS ? header.labelClass() : header.labelReal();
    partition.add(
        label, ByteBuffer.wrap(value, header.payloadStart(), header.payloadLength()), active);
  }

  private void flush() {
    for (PartitionScores partition : scores.values()) {
      if (!partition.isEmpty()) {
        emit(partition);
      }
    }
  }

  private void emit(PartitionScores partition) {
    scored.inc(partition.size());
    output.collect(new StreamRecord<>(partition.score(models)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a timer that fails, fails the task
  private void scheduleTick() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService()
        .registerTimer(
            now + TICK_MILLIS,
            time -> {
              scoreDue();
              flush();
              scheduleTick();
            });
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    heldState.update(new ArrayList<>(held));
  }

  @Override
  public void endInput() throws InterruptedException {
    scoreDue();
    while (!held.isEmpty()) {
      mailbox.yield();
    }
    flush();
  }

  @Override
  public void close() throws Exception {
    if (models != null) {
      models.close();
    }
    if (feed != null) {
      feed.close();
    }
    super.close();
  }
}
