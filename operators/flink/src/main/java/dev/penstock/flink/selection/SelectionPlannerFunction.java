package dev.penstock.flink.selection;

import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.core.selection.request.FiredTrigger;
import dev.penstock.core.selection.request.PartitionRequest;
import dev.penstock.core.selection.request.PlannerMemory;
import dev.penstock.core.selection.request.SelectionPlanner;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Asks every partition's selector for its part of a fired decision's training set, keyed by
 * pipeline. Those without a new sample, or without one to select from, train nothing.
 */
public final class SelectionPlannerFunction
    extends KeyedProcessFunction<String, FiredDecision, PartitionDecision> {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Pipelines pipelines;

  // runtime
  private transient AvroCodec<Decision> codec;
  private transient Map<String, SelectionPlanner> planners;

  /** Plans for {@code pipelines}. */
  public SelectionPlannerFunction(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  @Override
  public void open(OpenContext context) {
    codec = AvroCodec.of(Decision.class);
    KeyedMemory memory =
        new KeyedMemory(
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "groups",
                        Types.LONG,
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<>(
                        "taken",
                        Types.STRING,
                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO)));
    planners =
        pipelines.specs().stream()
            .collect(
                Collectors.toMap(
                    PipelineSpec::name,
                    spec ->
                        new SelectionPlanner(spec.selection(), spec.training().seed(), memory)));
  }

  @Override
  public void processElement(FiredDecision fired, Context context, Collector<PartitionDecision> out)
      throws IOException {
    SelectionPlanner planner = planners.get(fired.pipeline());
    if (planner == null) {
      throw new IllegalStateException("No pipeline " + fired.pipeline() + " in this job");
    }
    Decision decision = codec.decode(fired.decision());
    FiredTrigger trigger =
        new FiredTrigger(
            decision.getNumber(),
            decision.getTriggerNumber(),
            offsets(decision.getWindowStart()),
            offsets(decision.getBoundary()),
            decision.getWindowSamples(),
            fired.readGroups());
    if (decision.getNewSamples() == 0 || decision.getWindowSamples() == 0) {
      planner.skip(trigger);
      return;
    }
    List<PartitionRequest> requests = planner.plan(trigger);
    for (int i = 0; i < requests.size(); i++) {
      PartitionRequest request = requests.get(i);
      out.collect(
          new PartitionDecision(
              decision.getBoundary().get(i).getPartition(),
              fired.decision(),
              StateBytes.write(request::write)));
    }
  }

  private static long[] offsets(List<PartitionOffset> offsets) {
    return offsets.stream().mapToLong(PartitionOffset::getOffset).toArray();
  }

  /** The present pipeline's memory. */
  private record KeyedMemory(MapState<Long, byte[]> triggers, MapState<String, long[]> counts)
      implements PlannerMemory {

    @Override
    public Optional<TriggerGroups> groups(long trigger) {
      return State.read(
          () -> {
            byte[] bytes = triggers.get(trigger);
            return bytes == null
                ? Optional.empty()
                : Optional.of(StateBytes.read(bytes, TriggerGroups::read));
          });
    }

    @Override
    public void keep(long trigger, TriggerGroups groups) {
      State.write(() -> triggers.put(trigger, StateBytes.write(groups::write)));
    }

    @Override
    public void forget(long trigger) {
      State.write(() -> triggers.remove(trigger));
    }

    @Override
    public Optional<long[]> taken(String memory) {
      return State.read(() -> Optional.ofNullable(counts.get(memory)));
    }

    @Override
    public void keepTaken(String memory, long[] samples) {
      State.write(() -> counts.put(memory, samples));
    }
  }
}
