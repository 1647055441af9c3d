package dev.penstock.flink.trigger;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.LedgerEntry;
import dev.penstock.flink.IdleCheck;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Decision;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Merges the blocks of all partitions and asks every pipeline's trigger policy. Not parallel: one
 * merge serves all pipelines, and it moves arrays, not records.
 *
 * <p>State, as bytes in one operator state each, so that a restored pipeline is found by its name:
 * the samples that wait for another partition, and each pipeline's ledger.
 */
public final class TriggerOperator extends AbstractStreamOperator<Decision>
    implements OneInputStreamOperator<SampleBlock, Decision> {

  @Serial private static final long serialVersionUID = 1L;
  private static final String TIMELINE_STATE = "timeline";
  private static final String LEDGER_STATE = "ledgers";

  // configuration
  private final Pipelines pipelines;
  private final int partitions;
  private final @Nullable Duration idleAfter;

  // runtime
  private transient List<PipelineTrigger> triggers;
  private transient Timeline timeline;
  private transient IdleCheck idleCheck;
  private transient ListState<byte[]> timelineState;
  private transient ListState<byte[]> ledgerState;

  private TriggerOperator(
      StreamOperatorParameters<Decision> parameters,
      Pipelines pipelines,
      int partitions,
      @Nullable Duration idleAfter) {
    super(parameters);
    this.pipelines = pipelines;
    this.partitions = partitions;
    this.idleAfter = idleAfter;
  }

  /**
   * Makes the operator.
   *
   * @param pipelines whose policies are asked
   * @param partitions of the sample log
   * @param idleAfter how long a quiet partition is waited for; empty: without limit
   */
  public static OneInputOperatorFactory<SampleBlock, Decision> factory(
      Pipelines pipelines, int partitions, Optional<Duration> idleAfter) {
    Duration idle = idleAfter.orElse(null);
    return new OneInputOperatorFactory<>(
        TriggerOperator.class,
        parameters -> new TriggerOperator(parameters, pipelines, partitions, idle));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    triggers =
        pipelines.specs().stream()
            .map(spec -> new PipelineTrigger(spec, getMetricGroup()))
            .toList();
    long keep = triggers.stream().mapToLong(PipelineTrigger::samplesToKeep).max().orElse(0);
    timelineState = context.getOperatorStateStore().getListState(bytes(TIMELINE_STATE));
    ledgerState = context.getOperatorStateStore().getListState(bytes(LEDGER_STATE));
    timeline = new Timeline(partitions, keep);
    for (byte[] state : timelineState.get()) {
      timeline = StateBytes.read(state, in -> Timeline.read(in, keep));
    }
    for (byte[] state : ledgerState.get()) {
      restoreLedger(state);
    }
    if (timeline.partitions() != partitions) {
      throw new IllegalStateException(
          "Sample log must have the "
              + timeline.partitions()
              + " partitions of the restored state, got "
              + partitions);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    idleCheck = new IdleCheck(getProcessingTimeService(), partitions, idleAfter);
    getMetricGroup().gauge("pendingSamples", () -> timeline.pending());
    getMetricGroup().gauge("idlePartitions", () -> idlePartitions().size());
    idleCheck.start(this::markIdle);
  }

  @Override
  public void processElement(StreamRecord<SampleBlock> element) {
    SampleBlock block = element.getValue();
    idleCheck.active(block.partition());
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
    output.collect(new StreamRecord<>(Decisions.of(trigger.name(), entry, absent)));
  }

  private List<Integer> idlePartitions() {
    List<Integer> idle = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
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

  private void restoreLedger(byte[] state) throws IOException {
    String name = StateBytes.read(state, PipelineTrigger::readName);
    for (PipelineTrigger trigger : triggers) {
      if (trigger.name().equals(name)) {
        StateBytes.read(state, trigger::read);
      }
    }
  }

  private static ListStateDescriptor<byte[]> bytes(String name) {
    return new ListStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }
}
