package dev.penstock.flink.observation;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.block.Sight;
import dev.penstock.core.ledger.TriggerPolicies;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.block.BlockColumns.Columns;
import dev.penstock.flink.observation.PartitionObservations.Look;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.source.RawRecordSerializer;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.SampleContract;
import dev.penstock.schemas.serde.SampleHeaderReader;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
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

/**
 * Adds to samples what policies and evaluations look at: label, payload, and what the model says
 * that was active when the record was written.
 *
 * <p>A version takes a moment from being finished to being seen here. A sample is therefore held
 * until the feedback delay after its record's timestamp, so that live and replayed evaluations use
 * the same models; samples of the past are not held at all. Held samples are state.
 *
 * <p>Trigger policies of a pipeline that declares predictions see those of a serving system, for
 * which samples are held until its topic has been read far enough.
 */
public final class ObserveOperator extends AbstractStreamOperator<SampleBlock>
    implements OneInputStreamOperator<RawRecord, SampleBlock>, BoundedOneInput {

  /** Who looks. */
  public enum For {
    /** Trigger policies, each at what it needs. */
    TRIGGERS,
    /** Evaluations: at the scores of all labelled samples. */
    EVALUATIONS
  }

  /** Configuration of the operator. */
  public record Settings(Dataset dataset, Pipelines pipelines, ModelSource source, For who)
      implements Serializable {}

  @Serial private static final long serialVersionUID = 1L;
  private static final int MAX_BATCH = 256;
  private static final int MAX_HELD = 100_000;
  private static final long TICK_MILLIS = 20;

  // configuration
  private final Settings settings;

  // runtime
  private final transient MailboxExecutor mailbox;
  private transient List<PipelineSpec> pipelines;
  private transient List<Sight> sights;
  private transient Columns columns;
  private transient DatasetSpec dataset;
  private transient SampleHeaderReader header;
  private transient SampleContract contract;
  private transient ActiveModels models;
  private transient ModelVersionFeed feed;
  private transient ArrayDeque<RawRecord> held;

  /** By topic. */
  private transient Map<String, ServedPredictions> served;

  private transient Map<Integer, PartitionObservations> observations;

  /** Versions that ended by then are known. */
  private transient long knownUntil;

  private transient long polledAt;
  private transient ListState<RawRecord> heldState;
  private transient Counter observed;

  private ObserveOperator(StreamOperatorParameters<SampleBlock> parameters, Settings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
  }

  /** Makes operators with these settings. */
  public static OneInputOperatorFactory<RawRecord, SampleBlock> factory(Settings settings) {
    return new OneInputOperatorFactory<>(
        ObserveOperator.class, parameters -> new ObserveOperator(parameters, settings));
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
    dataset = settings.dataset.spec();
    pipelines = settings.pipelines.specs();
    sights =
        pipelines.stream()
            .map(
                spec ->
                    settings.who == For.EVALUATIONS
                        ? Sight.LABELLED
                        : TriggerPolicies.sight(spec.trigger()).orElse(Sight.FEEDBACK))
            .toList();
    columns =
        settings.who == For.TRIGGERS ? settings.pipelines.columns() : Columns.PLACES_AND_TIMES;
    header = new SampleHeaderReader(dataset.label());
    contract = new SampleContract(dataset);
    models =
        new ActiveModels(ArtifactStore.open(settings.source.artifacts()), 2 * pipelines.size());
    feed = settings.source.feed().open();
    observations = new TreeMap<>();
    observed = getMetricGroup().counter("samplesObserved");
    getMetricGroup().gauge("samplesHeld", () -> held.size());
    served = new TreeMap<>();
    openServed();
    held.forEach(record -> expect(record.partition()));
    scheduleTick();
  }

  /** Evaluations are of the pipeline's own models. */
  private void openServed() {
    ServedPredictions.Counts counts =
        new ServedPredictions.Counts(
            getMetricGroup().counter("predictionsMissing"),
            getMetricGroup().counter("predictionsLate"),
            getMetricGroup().counter("predictionsInvalid"));
    if (settings.who == For.EVALUATIONS) {
      return;
    }
    int classes = dataset.label() instanceof LabelSpec.Classes of ? of.count() : 0;
    for (PipelineSpec pipeline : pipelines) {
      pipeline
          .predictions()
          .ifPresent(
              declared ->
                  served.computeIfAbsent(
                      declared.topic(),
                      topic ->
                          new ServedPredictions(
                              settings.source.predictions().open(topic),
                              settings.source.feedbackDelay().toMillis(),
                              classes,
                              counts)));
    }
  }

  private void expect(int partition) {
    for (ServedPredictions predictions : served.values()) {
      predictions.expect(partition);
    }
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) throws InterruptedException {
    held.add(RawRecordSerializer.copyOf(element.getValue()));
    expect(element.getValue().partition());
    observeDue();
    while (held.size() >= MAX_HELD) {
      // Back pressure: more than this would not fit the memory. The tick makes room.
      mailbox.yield();
    }
  }

  /** Observes those held whose models are known by now. */
  private void observeDue() {
    observeKnown();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    // Not for every record: it asks the broker.
    if (!held.isEmpty() && now - polledAt >= TICK_MILLIS) {
      long due = now - settings.source.feedbackDelay().toMillis();
      if (held.getFirst().timestamp() <= due) {
        flush();
        feed.poll().forEach(models::add);
        polledAt = now;
        knownUntil = due;
        observeKnown();
        while (!held.isEmpty()
            && held.getFirst().timestamp() <= knownUntil
            && read(held.getFirst().timestamp())) {
          observeKnown();
        }
      }
    }
  }

  private void observeKnown() {
    while (!held.isEmpty()
        && held.getFirst().timestamp() <= knownUntil
        && isServed(held.getFirst().timestamp())) {
      observe(held.removeFirst());
    }
  }

  private boolean isServed(long timestamp) {
    for (ServedPredictions predictions : served.values()) {
      if (!predictions.covers(timestamp)) {
        return false;
      }
    }
    return true;
  }

  /** Reads predictions for samples of this time; whether all could be read. */
  private boolean read(long timestamp) {
    boolean isRead = true;
    for (ServedPredictions predictions : served.values()) {
      isRead &= predictions.readFor(timestamp);
    }
    return isRead;
  }

  private void observe(RawRecord record) {
    byte[] value = record.value();
    PartitionObservations partition =
        observations.computeIfAbsent(
            record.partition(),
            id -> new PartitionObservations(id, columns, sights, dataset.label()));
    if (value == null) {
      partition.invalid(record.offset());
      return;
    }
    switch (header.read(value)) {
      case PROGRESS -> partition.progress(record.offset(), header.timestamp());
      case SAMPLE -> {
        if (contract.accepts(header, record.timestamp())) {
          add(record, value, partition);
        } else {
          partition.invalid(record.offset());
        }
      }
      case INVALID -> partition.invalid(record.offset()); // it goes to the quarantine elsewhere
    }
    for (ServedPredictions predictions : served.values()) {
      predictions.observed(record.partition(), record.offset());
    }
    if (partition.size() >= MAX_BATCH) {
      emit(partition);
    }
  }

  private void add(RawRecord record, byte[] value, PartitionObservations partition) {
    double label =
        switch (header.labelKind()) {
          case NONE -> Double.NaN;
          case CLASS -> header.labelClass();
          case REAL -> header.labelReal();
        };
    ByteBuffer payload = ByteBuffer.wrap(value, header.payloadStart(), header.payloadLength());
    List<Look> looks = new ArrayList<>(pipelines.size());
    for (int i = 0; i < pipelines.size(); i++) {
      boolean isScored =
          switch (sights.get(i).scores()) {
            case NONE -> false;
            case LABELLED -> !Double.isNaN(label);
            case ALL -> true;
          };
      looks.add(look(record, pipelines.get(i), isScored));
    }
    partition.add(record.offset(), header.timestamp(), label, payload, looks);
  }

  private Look look(RawRecord record, PipelineSpec pipeline, boolean isScored) {
    int partition = record.partition();
    long offset = record.offset();
    long timestamp = record.timestamp();
    ActiveModels.At at = models.at(pipeline.name(), partition, offset, timestamp);
    ServedPredictions predictions =
        pipeline.predictions().map(declared -> served.get(declared.topic())).orElse(null);
    if (predictions == null) {
      return new Look(at, /* isServed= */ false, null);
    }
    Served prediction = isScored ? predictions.of(partition, offset, timestamp) : null;
    String version = prediction == null ? null : prediction.modelVersion();
    return new Look(
        version == null
            ? at
            : models.named(at, pipeline.name(), version, partition, offset, timestamp),
        /* isServed= */ true,
        prediction);
  }

  private void flush() {
    for (PartitionObservations partition : observations.values()) {
      if (!partition.isEmpty()) {
        emit(partition);
      }
    }
  }

  private void emit(PartitionObservations partition) {
    observed.inc(partition.size());
    output.collect(new StreamRecord<>(partition.observe(models)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a timer that fails, fails the task
  private void scheduleTick() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService()
        .registerTimer(
            now + TICK_MILLIS,
            time -> {
              observeDue();
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
    observeDue();
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
    if (served != null) {
      served.values().forEach(ServedPredictions::close);
    }
    super.close();
  }
}
