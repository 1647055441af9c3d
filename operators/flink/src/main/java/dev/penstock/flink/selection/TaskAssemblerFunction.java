package dev.penstock.flink.selection;

import dev.penstock.core.selection.PartitionSelection;
import dev.penstock.core.selection.TrainingSetAssembly;
import dev.penstock.core.selection.request.PartitionRequest;
import dev.penstock.core.selection.request.SelectionPlanner;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the parts of a decision's training set to one training task, keyed by pipeline. Every
 * partition answers a pipeline's decisions in order, so that they are complete in order too, and
 * each task knows the one before it.
 */
public final class TaskAssemblerFunction
    extends KeyedProcessFunction<String, SelectionPart, TrainingTask> {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Pipelines pipelines;
  private final Dataset dataset;
  private final URI artifacts;
  private final int inlineBytes;

  // runtime
  private transient Map<String, Declared> declared;
  private transient ArtifactStore store;
  private transient AvroCodec<Decision> decisionCodec;
  private transient SelectionCodec selectionCodec;
  private transient MapState<Long, SelectionPart> parts;
  private transient MapState<Long, Integer> partCounts;
  private transient ValueState<String> lastTask;
  private transient Map<String, Counter> tasksEmitted;
  private transient Map<String, Counter> samplesSelected;

  /** What every task of a pipeline says, as text once for all. */
  private record Declared(String training, String modelStorage, long seed) {
    static Declared of(PipelineSpec spec) {
      return new Declared(
          SpecJson.write(spec.training()),
          SpecJson.write(spec.modelStorage()),
          spec.training().seed());
    }
  }

  /**
   * Makes tasks.
   *
   * @param artifacts store of training sets that are too large for a message
   * @param inlineBytes training sets up to so many bytes stay in the message
   */
  public TaskAssemblerFunction(
      Pipelines pipelines, Dataset dataset, URI artifacts, int inlineBytes) {
    this.pipelines = pipelines;
    this.dataset = dataset;
    this.artifacts = artifacts;
    this.inlineBytes = inlineBytes;
  }

  @Override
  public void open(OpenContext context) {
    declared =
        pipelines.specs().stream().collect(Collectors.toMap(PipelineSpec::name, Declared::of));
    store = ArtifactStore.open(artifacts);
    decisionCodec = AvroCodec.of(Decision.class);
    selectionCodec = new SelectionCodec();
    parts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "parts", Types.LONG, TypeInformation.of(SelectionPart.class)));
    partCounts =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("part-counts", Types.LONG, Types.INT));
    lastTask = getRuntimeContext().getState(new ValueStateDescriptor<>("last-task", Types.STRING));
    tasksEmitted = counters("tasksEmitted");
    samplesSelected = counters("samplesSelected");
  }

  @Override
  public void processElement(SelectionPart part, Context context, Collector<TrainingTask> out)
      throws Exception {
    Decision decision = decisionCodec.decode(part.decision());
    int partitions = decision.getBoundary().size();
    Integer counted = partCounts.get(part.decisionNumber());
    int before = counted == null ? 0 : counted;
    if (before + 1 < partitions) {
      parts.put(key(part.decisionNumber(), part.partition(), partitions), part);
      partCounts.put(part.decisionNumber(), before + 1);
    } else {
      TrainingTask task = assemble(decision, withTheOthers(part, partitions));
      out.collect(task);
      lastTask.update(task.getId());
    }
  }

  /** The last part to come, which is never put into state, and those that wait for it there. */
  private List<SelectionPart> withTheOthers(SelectionPart last, int partitions) throws Exception {
    List<SelectionPart> all = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      if (partition == last.partition()) {
        all.add(last);
        continue;
      }
      long key = key(last.decisionNumber(), partition, partitions);
      SelectionPart part = parts.get(key);
      if (part == null) {
        throw new IllegalStateException(
            "No part of partition " + partition + " for decision " + last.decisionNumber());
      }
      all.add(part);
      parts.remove(key);
    }
    if (partitions > 1) {
      partCounts.remove(last.decisionNumber());
    }
    return all;
  }

  private TrainingTask assemble(Decision decision, List<SelectionPart> selected) throws Exception {
    String pipeline = decision.getPipeline();
    Declared ofPipeline = declared.get(pipeline);
    if (ofPipeline == null) {
      throw new IllegalStateException("No pipeline " + pipeline + " in this job");
    }
    SampleSet set = joined(selected);
    add(tasksEmitted, pipeline, 1);
    add(samplesSelected, pipeline, set.size());
    return TrainingTask.newBuilder()
        .setId(pipeline + "-" + decision.getNumber())
        .setPipeline(pipeline)
        .setDecisionNumber(decision.getNumber())
        .setTriggerNumber(decision.getTriggerNumber())
        .setDataset(dataset.json())
        .setTraining(ofPipeline.training())
        .setModelStorage(ofPipeline.modelStorage())
        .setTrainingSet(TrainingSets.pack(set, store, inlineBytes))
        .setSliceTime(decision.getSliceTime())
        .setBoundary(decision.getBoundary())
        .setParent(lastTask.value())
        .setSeed(SelectionPlanner.taskSeed(ofPipeline.seed(), decision.getNumber()))
        .build();
  }

  private SampleSet joined(List<SelectionPart> selected) throws IOException {
    SortedMap<Integer, List<PartitionSelection>> selections = new TreeMap<>();
    for (SelectionPart part : selected) {
      selections.put(part.partition(), selectionCodec.decode(part.selections()));
    }
    // Wanted numbers and seed are the same in all of them.
    byte[] request = selected.get(0).request();
    return TrainingSetAssembly.join(selections, StateBytes.read(request, PartitionRequest::read));
  }

  private Map<String, Counter> counters(String name) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    return declared.keySet().stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                pipeline -> metrics.addGroup("pipeline", pipeline).counter(name)));
  }

  private static void add(Map<String, Counter> counters, String pipeline, long count) {
    Counter counter = counters.get(pipeline);
    if (counter != null) {
      counter.inc(count);
    }
  }

  /**
   * Decision and partition as one number: decisions of a pipeline are at most 2^63 / partitions.
   */
  private static long key(long decision, int partition, int partitions) {
    return decision * partitions + partition;
  }
}
