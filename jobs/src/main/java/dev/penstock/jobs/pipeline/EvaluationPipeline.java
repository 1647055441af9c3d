package dev.penstock.jobs.pipeline;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.OperatorUids;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.block.SampleBlockSerializer;
import dev.penstock.flink.evaluation.EvaluationOperator;
import dev.penstock.flink.observation.ModelSource;
import dev.penstock.flink.observation.ObserveOperator;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.schemas.Evaluation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The graph that evaluates the composite models of pipelines.
 *
 * <pre>
 * records ─▶ observer ─▶ slice evaluator ─▶ evaluations
 *               ▲
 *       model versions
 * </pre>
 *
 * @param dataset whose samples the records are
 * @param pipelines whose models are evaluated
 * @param partitions of the sample log
 * @param source of the models
 */
public record EvaluationPipeline(
    Dataset dataset, Pipelines pipelines, int partitions, ModelSource source) {

  /** Attaches the graph to the records of the sample log. */
  public DataStream<Evaluation> attach(DataStream<RawRecord> records) {
    ObserveOperator.Settings settings =
        new ObserveOperator.Settings(dataset, pipelines, source, ObserveOperator.For.EVALUATIONS);
    return records
        .transform(
            "Observer: test samples with the active models",
            SampleBlockSerializer.TYPE,
            ObserveOperator.factory(settings))
        .uid(OperatorUids.OBSERVER)
        .global()
        .transform(
            "Evaluator: metrics slice by slice",
            new AvroTypeInfo<>(Evaluation.class),
            EvaluationOperator.factory(dataset, pipelines, partitions))
        .uid(OperatorUids.SLICE_EVALUATOR)
        .forceNonParallel();
  }
}
