package dev.penstock.flink.selection;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.selection.PartitionSelection;
import dev.penstock.core.selection.PartitionSelector;
import dev.penstock.core.selection.chunk.PartitionMemory;
import dev.penstock.core.selection.request.PartitionRequest;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Answers fired decisions with one partition's part of the training set, keyed by partition. A
 * decision that comes before the partition's blocks up to its boundary waits for them.
 */
public final class SelectorFunction
    extends KeyedCoProcessFunction<Integer, SampleBlock, PartitionDecision, SelectionPart> {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Pipelines pipelines;
  private final Dataset dataset;

  // runtime
  private transient Set<String> names;
  private transient boolean keepsTimes;
  private transient AvroCodec<Decision> decisionCodec;
  private transient SelectionCodec selectionCodec;
  private transient PartitionMemory memory;
  private transient ValueState<Long> firstOffset;
  private transient ValueState<Long> seenEnd;
  private transient ValueState<Long> lastTime;
  private transient ValueState<Long> forgottenEnd;
  private transient ListState<PartitionDecision> waiting;
  private transient MapState<String, Long> keptFrom;
  private transient Counter parts;

  /** Selects for {@code pipelines} from {@code dataset}. */
  public SelectorFunction(Pipelines pipelines, Dataset dataset) {
    this.pipelines = pipelines;
    this.dataset = dataset;
  }

  @Override
  public void open(OpenContext context) {
    List<PipelineSpec> specs = pipelines.specs();
    names = specs.stream().map(PipelineSpec::name).collect(Collectors.toSet());
    keepsTimes =
        specs.stream()
            .flatMap(spec -> spec.selection().policies().stream())
            .anyMatch(SelectionSpec.RecencyDecayed.class::isInstance);
    decisionCodec = AvroCodec.of(Decision.class);
    selectionCodec = new SelectionCodec();
    int classes = dataset.spec().label() instanceof LabelSpec.Classes of ? of.count() : 0;
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    TypeInformation<Tuple2<String, Long>> chunkKey = Types.TUPLE(Types.STRING, Types.LONG);
    MapState<Tuple2<String, Long>, byte[]> chunks =
        getRuntimeContext().getMapState(new MapStateDescriptor<>("chunks", chunkKey, bytes));
    memory = new PartitionMemory(name -> new StateChunks(chunks, name), classes);
    firstOffset = longState("first-offset");
    seenEnd = longState("seen-end");
    lastTime = longState("last-time");
    forgottenEnd = longState("forgotten-end");
    waiting =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("waiting", TypeInformation.of(PartitionDecision.class)));
    keptFrom =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("kept-from", Types.STRING, Types.LONG));
    parts = getRuntimeContext().getMetricGroup().counter("numParts");
  }

  private ValueState<Long> longState(String name) {
    return getRuntimeContext().getState(new ValueStateDescriptor<>(name, Types.LONG));
  }

  @Override
  public void processElement1(SampleBlock block, Context context, Collector<SelectionPart> out)
      throws Exception {
    Long seen = seenEnd.value();
    if (seen == null) {
      firstOffset.update(block.startOffset());
      seen = block.startOffset();
    }
    memory.holes().addHoles(block, seen);
    memory.labels().add(block);
    if (keepsTimes) {
      lastTime.update(memory.times().add(block, orElse(lastTime.value(), Long.MIN_VALUE)));
    }
    seenEnd.update(block.endOffset());
    answerWaiting(block.partition(), block.endOffset(), out);
  }

  @Override
  public void processElement2(
      PartitionDecision message, Context context, Collector<SelectionPart> out) throws Exception {
    waiting.add(message);
    answerWaiting(message.partition(), orElse(seenEnd.value(), 0), out);
  }

  /** Decisions of a pipeline are answered in order: their boundaries ascend. */
  private void answerWaiting(int partition, long seen, Collector<SelectionPart> out)
      throws Exception {
    List<PartitionDecision> later = new ArrayList<>();
    boolean answered = false;
    for (PartitionDecision message : waiting.get()) {
      Decision decision = decisionCodec.decode(message.decision());
      if (boundary(decision, partition) <= seen) {
        out.collect(part(partition, decision, message));
        answered = true;
      } else {
        later.add(message);
      }
    }
    if (answered) {
      waiting.update(later);
      forget();
    }
  }

  private SelectionPart part(int partition, Decision decision, PartitionDecision message)
      throws Exception {
    String pipeline = decision.getPipeline();
    if (!names.contains(pipeline)) {
      throw new IllegalStateException("No pipeline " + pipeline + " in this job");
    }
    PartitionRequest request = StateBytes.read(message.request(), PartitionRequest::read);
    List<PartitionSelection> selections =
        new PartitionSelector(partition, orElse(firstOffset.value(), 0), memory)
            .select(pipeline, request);
    keptFrom.put(pipeline, request.keepFrom());
    parts.inc();
    return new SelectionPart(
        pipeline,
        decision.getNumber(),
        partition,
        message.decision(),
        message.request(),
        selectionCodec.encode(selections));
  }

  /** Forgets what no pipeline will select from again. */
  private void forget() throws Exception {
    long oldest = Long.MAX_VALUE;
    for (String pipeline : names) {
      oldest = Math.min(oldest, orElse(keptFrom.get(pipeline), 0));
    }
    long from = Math.max(orElse(forgottenEnd.value(), 0), orElse(firstOffset.value(), 0));
    if (oldest > from) {
      memory.forget(from, oldest);
      forgottenEnd.update(oldest);
    }
  }

  private static long orElse(@Nullable Long value, long absent) {
    return value == null ? absent : value;
  }

  private static long boundary(Decision decision, int partition) {
    for (PartitionOffset offset : decision.getBoundary()) {
      if (offset.getPartition() == partition) {
        return offset.getOffset();
      }
    }
    throw new IllegalArgumentException("No offset of partition " + partition);
  }
}
