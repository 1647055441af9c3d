package dev.penstock.flink.evaluation;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.evaluation.SliceEvaluator;
import dev.penstock.core.evaluation.SliceResult;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.IdleCheck;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.RestoredState;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.io.DataInput;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Merges observed samples in position order and evaluates every pipeline. Not parallel. */
public final class EvaluationOperator extends AbstractStreamOperator<Evaluation>
    implements OneInputStreamOperator<SampleBlock, Evaluation>, BoundedOneInput {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Dataset dataset;
  private final Pipelines pipelines;
  private final int partitions;

  // runtime
  private transient List<PipelineSpec> specs;
  private transient List<SliceEvaluator> evaluators;
  private transient Timeline timeline;
  private transient IdleCheck idleCheck;
  private transient ListState<byte[]> timelineState;
  private transient ListState<byte[]> sliceState;

  private EvaluationOperator(
      StreamOperatorParameters<Evaluation> parameters,
      Dataset dataset,
      Pipelines pipelines,
      int partitions) {
    super(parameters);
    this.dataset = dataset;
    this.pipelines = pipelines;
    this.partitions = partitions;
  }

  /** Makes the operator for the samples of {@code dataset}, in so many partitions. */
  public static OneInputOperatorFactory<SampleBlock, Evaluation> factory(
      Dataset dataset, Pipelines pipelines, int partitions) {
    return new OneInputOperatorFactory<>(
        EvaluationOperator.class,
        parameters -> new EvaluationOperator(parameters, dataset, pipelines, partitions));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    specs = pipelines.specs();
    LabelSpec label = dataset.spec().label();
    evaluators = new ArrayList<>();
    for (PipelineSpec spec : specs) {
      evaluators.add(new SliceEvaluator(spec.evaluation().slice(), label));
    }
    timelineState = context.getOperatorStateStore().getListState(RestoredState.bytes("timeline"));
    sliceState = context.getOperatorStateStore().getListState(RestoredState.bytes("slices"));
    List<String> restored = new ArrayList<>();
    for (byte[] bytes : sliceState.get()) {
      restored.add(StateBytes.read(bytes, this::readEvaluator));
    }
    List<String> present = specs.stream().map(PipelineSpec::name).toList();
    timeline = RestoredState.timeline(timelineState, partitions, 0, present, restored);
  }

  /** Restores the evaluator of a pipeline that is still there, and returns its name. */
  private String readEvaluator(DataInput in) throws IOException {
    String pipeline = in.readUTF();
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).name().equals(pipeline)) {
        evaluators.get(i).read(in);
      }
    }
    return pipeline;
  }

  @Override
  public void open() throws Exception {
    super.open();
    Duration idleAfter = dataset.spec().contract().idleAfter().orElse(null);
    idleCheck = new IdleCheck(getProcessingTimeService(), partitions, idleAfter);
    idleCheck.start(this::markIdle);
  }

  private void markIdle(List<Integer> quiet) {
    quiet.forEach(timeline::markIdle);
    advance();
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
    run.forEach((time, partition, offset, observation) -> evaluate(time, observation));
    timeline.release(run);
  }

  private void evaluate(long time, @Nullable Observation observation) {
    if (observation == null || Double.isNaN(observation.label())) {
      return;
    }
    for (int i = 0; i < evaluators.size(); i++) {
      String pipeline = specs.get(i).name();
      Feedback feedback = observation.feedback(i);
      ModelInUse model = feedback.model();
      SliceEvaluator.Scored sample =
          new SliceEvaluator.Scored(
              time, observation.label(), feedback.predicted(), feedback.loss());
      evaluators
          .get(i)
          .add(sample, model == null ? null : model.id(), result -> emit(pipeline, result));
    }
  }

  private void emit(String pipeline, SliceResult result) {
    output.collect(
        new StreamRecord<>(
            Evaluation.newBuilder()
                .setPipeline(pipeline)
                .setSlice(result.slice())
                .setFrom(result.from())
                .setTo(result.to())
                .setSamples(result.samples())
                .setScored(result.scored())
                .setModels(result.models())
                .setMetrics(result.metrics())
                .build()));
  }

  @Override
  public void endInput() {
    for (int partition = 0; partition < partitions; partition++) {
      timeline.markIdle(partition);
    }
    advance();
    for (int i = 0; i < evaluators.size(); i++) {
      String pipeline = specs.get(i).name();
      evaluators.get(i).finish(result -> emit(pipeline, result));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    timelineState.update(List.of(StateBytes.write(timeline::write)));
    List<byte[]> slices = new ArrayList<>();
    for (int i = 0; i < evaluators.size(); i++) {
      String pipeline = specs.get(i).name();
      SliceEvaluator evaluator = evaluators.get(i);
      slices.add(
          StateBytes.write(
              out -> {
                out.writeUTF(pipeline);
                evaluator.write(out);
              }));
    }
    sliceState.update(slices);
  }
}
