package dev.penstock.flink.evaluation;

import dev.penstock.core.evaluation.ScoreQueue;
import dev.penstock.core.evaluation.SliceEvaluator;
import dev.penstock.core.evaluation.SliceResult;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.IdleCheck;
import dev.penstock.flink.OneInputOperatorFactory;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.StateBytes;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.spec.LabelSpec;
import dev.penstock.schemas.spec.PipelineSpec;
import java.io.DataInput;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Merges scored samples in position order and evaluates every pipeline. Not parallel. */
public final class EvaluationOperator extends AbstractStreamOperator<Evaluation>
    implements OneInputStreamOperator<ScoredBlock, Evaluation>, BoundedOneInput {

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Dataset dataset;
  private final Pipelines pipelines;
  private final int partitions;

  // runtime
  private transient List<PipelineSpec> specs;
  private transient List<SliceEvaluator> evaluators;
  private transient ScoreQueue queue;
  private transient IdleCheck idleCheck;
  private transient ListState<byte[]> queueState;
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
  public static OneInputOperatorFactory<ScoredBlock, Evaluation> factory(
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
    queue = new ScoreQueue(partitions);
    queueState = context.getOperatorStateStore().getListState(bytes("queue"));
    sliceState = context.getOperatorStateStore().getListState(bytes("slices"));
    List<String> restored = new ArrayList<>();
    for (byte[] bytes : sliceState.get()) {
      restored.add(StateBytes.read(bytes, this::readEvaluator));
    }
    int[] indexes = specs.stream().mapToInt(spec -> restored.indexOf(spec.name())).toArray();
    for (byte[] bytes : queueState.get()) {
      queue = StateBytes.read(bytes, in -> ScoreQueue.read(in, row -> row.of(indexes)));
    }
    if (queue.partitions() != partitions) {
      throw new IllegalStateException(
          "Sample log must have the "
              + queue.partitions()
              + " partitions of the restored state, got "
              + partitions);
    }
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

  private static ListStateDescriptor<byte[]> bytes(String name) {
    return new ListStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  @Override
  public void open() throws Exception {
    super.open();
    Duration idleAfter = dataset.spec().contract().idleAfter().orElse(null);
    idleCheck = new IdleCheck(getProcessingTimeService(), partitions, idleAfter);
    idleCheck.start(this::markIdle);
  }

  private void markIdle(List<Integer> quiet) {
    quiet.forEach(queue::markIdle);
    queue.release(this::evaluate);
  }

  @Override
  public void processElement(StreamRecord<ScoredBlock> element) {
    ScoredBlock block = element.getValue();
    idleCheck.active(block.partition());
    for (int i = 0; i < block.times().length; i++) {
      queue.add(block.partition(), row(block, i));
    }
    queue.progress(block.partition(), block.endTime());
    queue.release(this::evaluate);
  }

  private ScoreQueue.Row row(ScoredBlock block, int sample) {
    String[] models = new String[specs.size()];
    float[] predicted = new float[specs.size()];
    float[] logLoss = new float[specs.size()];
    for (int pipeline = 0; pipeline < models.length; pipeline++) {
      int model = block.model()[pipeline][sample];
      models[pipeline] = model < 0 ? "" : block.models()[model];
      predicted[pipeline] = block.predicted()[pipeline][sample];
      logLoss[pipeline] = block.logLoss()[pipeline][sample];
    }
    return new ScoreQueue.Row(
        block.times()[sample], block.labels()[sample], models, predicted, logLoss);
  }

  private void evaluate(ScoreQueue.Row row) {
    for (int i = 0; i < evaluators.size(); i++) {
      String pipeline = specs.get(i).name();
      SliceEvaluator.Scored sample =
          new SliceEvaluator.Scored(row.time(), row.label(), row.predicted()[i], row.logLoss()[i]);
      String model = row.models()[i];
      evaluators
          .get(i)
          .add(sample, model.isEmpty() ? null : model, result -> emit(pipeline, result));
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
    queue.drain(this::evaluate);
    for (int i = 0; i < evaluators.size(); i++) {
      String pipeline = specs.get(i).name();
      evaluators.get(i).finish(result -> emit(pipeline, result));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    queueState.update(List.of(StateBytes.write(queue::write)));
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
