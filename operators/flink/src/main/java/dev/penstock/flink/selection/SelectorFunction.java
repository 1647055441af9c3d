package dev.penstock.flink.selection;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.selection.PartitionSelection;
import dev.penstock.core.selection.PartitionSelector;
import dev.penstock.flink.Pipelines;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Answers fired decisions with one partition's part of the training set, keyed by partition. A
 * decision that comes before the partition's blocks up to its boundary waits for them.
 */
public final class SelectorFunction
    extends KeyedCoProcessFunction<Integer, SampleBlock, PartitionDecision, SelectionPart> {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Pipelines pipelines;

  // runtime
  private transient Map<String, PipelineSpec> specs;
  private transient AvroCodec<Decision> decisionCodec;
  private transient AvroCodec<TrainingSet> setCodec;
  private transient MapState<Long, byte[]> holeState;
  private transient ValueState<Long> firstOffset;
  private transient ValueState<Long> seenEnd;
  private transient ListState<byte[]> waiting;
  private transient MapState<String, Long> windowStarts;
  private transient Counter parts;

  /** Selects for {@code pipelines}. */
  public SelectorFunction(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  @Override
  public void open(OpenContext context) {
    specs =
        pipelines.specs().stream()
            .collect(Collectors.toMap(PipelineSpec::name, Function.identity()));
    decisionCodec = AvroCodec.of(Decision.class);
    setCodec = AvroCodec.of(TrainingSet.class);
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    holeState =
        getRuntimeContext().getMapState(new MapStateDescriptor<>("holes", Types.LONG, bytes));
    firstOffset =
        getRuntimeContext().getState(new ValueStateDescriptor<>("first-offset", Types.LONG));
    seenEnd = getRuntimeContext().getState(new ValueStateDescriptor<>("seen-end", Types.LONG));
    waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", bytes));
    windowStarts =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("window-starts", Types.STRING, Types.LONG));
    parts = getRuntimeContext().getMetricGroup().counter("numParts");
  }

  @Override
  public void processElement1(SampleBlock block, Context context, Collector<SelectionPart> out)
      throws Exception {
    Long seen = seenEnd.value();
    if (seen == null) {
      firstOffset.update(block.startOffset());
      seen = block.startOffset();
    }
    new HoleChunks(holeState).add(block, seen);
    seenEnd.update(block.endOffset());
    answerWaiting(block.partition(), block.endOffset(), out);
  }

  @Override
  public void processElement2(
      PartitionDecision message, Context context, Collector<SelectionPart> out) throws Exception {
    waiting.add(message.decision());
    Long seen = seenEnd.value();
    answerWaiting(message.partition(), seen == null ? 0 : seen, out);
  }

  /** Decisions of a pipeline are answered in order: their boundaries ascend. */
  private void answerWaiting(int partition, long seen, Collector<SelectionPart> out)
      throws Exception {
    List<byte[]> later = new ArrayList<>();
    boolean answered = false;
    for (byte[] bytes : waiting.get()) {
      Decision decision = decisionCodec.decode(bytes);
      if (offset(decision.getBoundary(), partition) <= seen) {
        out.collect(part(partition, decision, bytes));
        answered = true;
      } else {
        later.add(bytes);
      }
    }
    if (answered) {
      waiting.update(later);
      forgetOldHoles();
    }
  }

  private SelectionPart part(int partition, Decision decision, byte[] bytes) throws Exception {
    PipelineSpec spec = specs.get(decision.getPipeline());
    if (spec == null) {
      throw new IllegalStateException("No pipeline " + decision.getPipeline() + " in this job");
    }
    long from = offset(decision.getWindowStart(), partition);
    windowStarts.put(decision.getPipeline(), from);
    Long first = firstOffset.value();
    long start = Math.max(from, first == null ? 0 : first);
    long end = Math.max(start, offset(decision.getBoundary(), partition));
    PartitionSelector selector = new PartitionSelector(partition, new HoleChunks(holeState));
    SelectionPlan plan = SelectionPlan.of(spec, decision);
    PartitionSelection selection =
        plan.bottomK().isPresent()
            ? selector.random(start, end, plan.bottomK().get(), plan.selectionSeed())
            : selector.all(start, end);
    parts.inc();
    return new SelectionPart(
        decision.getPipeline(),
        decision.getNumber(),
        partition,
        bytes,
        setCodec.encode(unsigned(selection.taken())),
        selection.candidates());
  }

  /** Without a digest: the joined set has one. */
  private static TrainingSet unsigned(SampleSet part) {
    return new TrainingSet(part.samples(), null, part.size(), "");
  }

  private void forgetOldHoles() throws Exception {
    long oldest = Long.MAX_VALUE;
    for (String pipeline : specs.keySet()) {
      Long start = windowStarts.get(pipeline);
      oldest = Math.min(oldest, start == null ? 0 : start);
    }
    new HoleChunks(holeState).forgetBefore(oldest);
  }

  private static long offset(List<PartitionOffset> offsets, int partition) {
    for (PartitionOffset offset : offsets) {
      if (offset.getPartition() == partition) {
        return offset.getOffset();
      }
    }
    throw new IllegalArgumentException("No offset of partition " + partition);
  }
}
