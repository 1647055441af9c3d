package dev.penstock.jobs.pipeline;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.TriggerPolicies;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.OperatorUids;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.flink.observation.ObserveOperator;
import dev.penstock.flink.selection.FiredDecision;
import dev.penstock.flink.selection.PartitionDecision;
import dev.penstock.flink.selection.SelectionPart;
import dev.penstock.flink.selection.SelectionPlannerFunction;
import dev.penstock.flink.selection.SelectorFunction;
import dev.penstock.flink.selection.TaskAssemblerFunction;
import dev.penstock.flink.source.BlockBuilderOperator;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.flink.trigger.TriggerOperator;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.TrainingTask;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph that turns samples into training tasks.
 *
 * <pre>
 * records ─▶ block builder ─▶ trigger ─┬─▶ decisions ─▶ planner ─┐
 *                 │                      └─▶ blocks ────────────────┴▶ selector ─▶ assembler ─▶ tasks
 *                 └─▶ quarantined
 * </pre>
 *
 * <p>If a trigger looks at more than place and time of samples, all are asked about what comes from
 * an observer beside the block builder, which adds what models say.
 *
 * @param dataset whose samples the records are
 * @param pipelines that share the scan
 * @param partitions of the sample log
 * @param source of models, whose store also takes training sets too large for a message
 * @param inlineBytes training sets up to so many bytes stay in the message
 */
public record ContinuousTrainingPipeline(
    Dataset dataset, Pipelines pipelines, int partitions, ModelSource source, int inlineBytes) {

  /** Where the outputs go. */
  public record Sinks(
      Consumer<DataStream<Decision>> decisions,
      Consumer<DataStream<TrainingTask>> tasks,
      Consumer<DataStream<Quarantined>> quarantined) {}

  /** Attaches the graph to the records of the sample log. */
  public void attach(DataStream<RawRecord> records, Sinks sinks) {
    SingleOutputStreamOperator<SampleBlock> blocks =
        records
            .transform(
                "Blocks: check and pack samples",
                SampleBlockSerializer.TYPE,
                BlockBuilderOperator.factory(dataset, pipelines.columns()))
            .uid(OperatorUids.BLOCK_BUILDER);
    sinks.quarantined.accept(blocks.getSideOutput(BlockBuilderOperator.QUARANTINED));

    attach(looks() ? observed(records) : blocks, sinks.decisions(), sinks.tasks());
  }

  /** Attaches what comes after the block builder. */
  public void attach(
      DataStream<SampleBlock> blocks,
      Consumer<DataStream<Decision>> decisionSink,
      Consumer<DataStream<TrainingTask>> taskSink) {
    SingleOutputStreamOperator<Decision> decisions =
        blocks
            .global()
            .transform(
                "Trigger: decide when to train",
                new AvroTypeInfo<>(Decision.class),
                TriggerOperator.factory(
                    new TriggerOperator.Settings(dataset, pipelines, partitions, source)))
            .uid(OperatorUids.TRIGGER)
            .forceNonParallel();
    decisionSink.accept(decisions);
    taskSink.accept(
        tasks(
            decisions.getSideOutput(TriggerOperator.BLOCKS),
            decisions.getSideOutput(TriggerOperator.FIRED)));
  }

  /** Whether a trigger looks at more than place and time. */
  private boolean looks() {
    return pipelines.specs().stream()
        .anyMatch(spec -> TriggerPolicies.sight(spec.trigger()).isPresent());
  }

  private SingleOutputStreamOperator<SampleBlock> observed(DataStream<RawRecord> records) {
    ObserveOperator.Settings settings =
        new ObserveOperator.Settings(dataset, pipelines, source, ObserveOperator.For.TRIGGERS);
    return records
        .transform(
            "Observer: look at samples with the active models",
            SampleBlockSerializer.TYPE,
            ObserveOperator.factory(settings))
        .uid(OperatorUids.OBSERVER);
  }

  private DataStream<TrainingTask> tasks(
      DataStream<SampleBlock> blocks, DataStream<FiredDecision> fired) {
    DataStream<PartitionDecision> partitionDecisions =
        fired
            .keyBy(FiredDecision::pipeline, Types.STRING)
            .process(
                new SelectionPlannerFunction(pipelines),
                TypeInformation.of(PartitionDecision.class))
            .uid(OperatorUids.SELECTION_PLANNER)
            .name("Planner: ask every partition for its part");
    return blocks
        .keyBy(SampleBlock::partition, Types.INT)
        .connect(partitionDecisions.keyBy(PartitionDecision::partition, Types.INT))
        .process(new SelectorFunction(pipelines, dataset), TypeInformation.of(SelectionPart.class))
        .uid(OperatorUids.SELECTOR)
        .name("Selector: choose samples of a partition")
        .keyBy(SelectionPart::pipeline, Types.STRING)
        .process(
            new TaskAssemblerFunction(pipelines, dataset, source.artifacts(), inlineBytes),
            new AvroTypeInfo<>(TrainingTask.class))
        .uid(OperatorUids.TASK_ASSEMBLER)
        .name("Assembler: join training sets to tasks");
  }
}
