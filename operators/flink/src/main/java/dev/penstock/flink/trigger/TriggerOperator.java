package dev.penstock.flink.trigger;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.LedgerEntry;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.IdleCheck;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.RestoredState;
import dev.penstock.flink.StateBytes;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.flink.observation.ModelEmbeddings;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.flink.selection.FiredDecision;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Merges the blocks of all partitions and asks every pipeline's trigger policy. Not parallel: one
 * merge serves all pipelines, and it moves arrays, not records.
 *
 * <p>State, as bytes in one operator state each, so that a restored pipeline is found by its name:
 * the samples that wait for another partition, and each pipeline's ledger.
 */
public final class TriggerOperator extends AbstractStreamOperator<Decision>
    implements OneInputStreamOperator<SampleBlock, Decision> {

  /**
   * The blocks, places, times and classes alone, for selectors. They come through here so that the
   * source has one output to ask for room at every record, which is a twentieth of its time.
   */
  public static final OutputTag<SampleBlock> BLOCKS =
      new OutputTag<>("blocks", SampleBlockSerializer.TYPE);

  /** Fired decisions with what a selection must know beyond them. */
  public static final OutputTag<FiredDecision> FIRED =
      new OutputTag<>("fired", TypeInformation.of(FiredDecision.class));

  @Serial private static final long serialVersionUID = 1L;
  private static final String TIMELINE_STATE = "timeline";
  private static final String LEDGER_STATE = "ledgers";

  /**
   * Configuration of the operator.
   *
   * @param dataset whose samples come
   * @param pipelines whose policies are asked
   * @param partitions of the sample log
   * @param source of the models, for policies that look at embeddings
   */
  public record Settings(Dataset dataset, Pipelines pipelines, int partitions, ModelSource source)
      implements Serializable {}

  // configuration
  private final Settings settings;

  // runtime
  private transient List<PipelineTrigger> triggers;
  private transient ModelEmbeddings embeddings;
  private transient Timeline timeline;
  private transient IdleCheck idleCheck;
  private transient AvroCodec<Decision> codec;
  private transient ListState<byte[]> timelineState;
  private transient ListState<byte[]> ledgerState;

  private TriggerOperator(StreamOperatorParameters<Decision> parameters, Settings settings) {
    super(parameters);
    this.settings = settings;
  }

  /** Makes the operator. */
  public static OneInputOperatorFactory<SampleBlock, Decision> factory(Settings settings) {
    return new OneInputOperatorFactory<>(
        TriggerOperator.class, parameters -> new TriggerOperator(parameters, settings));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    int partitions = settings.partitions;
    embeddings = new ModelEmbeddings(settings.source);
    DatasetSpec dataset = settings.dataset.spec();
    List<PipelineSpec> specs = settings.pipelines.specs();
    triggers = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      long seed = specs.get(i).training().seed();
      TriggerContext policy = new TriggerContext(dataset, i, seed, embeddings);
      triggers.add(new PipelineTrigger(specs.get(i), policy, getMetricGroup()));
    }
    long keep = triggers.stream().mapToLong(PipelineTrigger::samplesToKeep).max().orElse(0);
    timelineState =
        context.getOperatorStateStore().getListState(RestoredState.bytes(TIMELINE_STATE));
    ledgerState = context.getOperatorStateStore().getListState(RestoredState.bytes(LEDGER_STATE));
    List<String> restored = new ArrayList<>();
    for (byte[] state : ledgerState.get()) {
      restored.add(restoreLedger(state));
    }
    List<String> present = triggers.stream().map(PipelineTrigger::name).toList();
    timeline = RestoredState.timeline(timelineState, partitions, keep, present, restored);
  }

  @Override
  public void open() throws Exception {
    super.open();
    codec = AvroCodec.of(Decision.class);
    Duration idleAfter = settings.dataset.spec().contract().idleAfter().orElse(null);
    idleCheck = new IdleCheck(getProcessingTimeService(), settings.partitions, idleAfter);
    getMetricGroup().gauge("pendingSamples", () -> timeline.pending());
    getMetricGroup().gauge("idlePartitions", () -> idlePartitions().size());
    idleCheck.start(this::markIdle);
  }

  @Override
  public void processElement(StreamRecord<SampleBlock> element) {
    SampleBlock block = element.getValue();
    idleCheck.active(block.partition());
    output.collect(BLOCKS, new StreamRecord<>(block.withoutObservations()));
    timeline.add(block);
    advance();
  }

  private void advance() {
    Run run = timeline.releasable();
    List<Integer> absent = idlePartitions();
    for (PipelineTrigger trigger : triggers) {
      trigger.advance(run, entry -> emit(trigger, entry, absent));
    }
    timeline.release(run);
  }

  private void emit(PipelineTrigger trigger, LedgerEntry entry, List<Integer> absent) {
    Decision decision = Decisions.of(trigger.name(), entry, absent);
    output.collect(new StreamRecord<>(decision));
    if (entry.answer().outcome() == Answer.Outcome.FIRED) {
      output.collect(FIRED, new StreamRecord<>(FiredDecision.of(decision, codec, entry.groups())));
    }
  }

  private List<Integer> idlePartitions() {
    List<Integer> idle = new ArrayList<>();
    for (int partition = 0; partition < settings.partitions; partition++) {
      if (timeline.isIdle(partition)) {
        idle.add(partition);
      }
    }
    return idle;
  }

  private void markIdle(List<Integer> quiet) {
    boolean changed = false;
    for (int partition : quiet) {
      if (!timeline.isIdle(partition)) {
        timeline.markIdle(partition);
        changed = true;
      }
    }
    if (changed) {
      advance();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    timelineState.update(List.of(StateBytes.write(timeline::write)));
    List<byte[]> ledgers = new ArrayList<>();
    for (PipelineTrigger trigger : triggers) {
      ledgers.add(StateBytes.write(trigger::write));
    }
    ledgerState.update(ledgers);
  }

  @Override
  public void close() throws Exception {
    if (embeddings != null) {
      embeddings.close();
    }
    super.close();
  }

  /** Restores the ledger of a pipeline that is still there, and returns its name. */
  private String restoreLedger(byte[] state) throws IOException {
    String name = StateBytes.read(state, PipelineTrigger::readName);
    for (PipelineTrigger trigger : triggers) {
      if (trigger.name().equals(name)) {
        StateBytes.read(state, trigger::read);
      }
    }
    return name;
  }
}
