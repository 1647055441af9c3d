package dev.penstock.jobs.pipeline;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.OperatorUids;
import dev.penstock.flink.Pipelines;
import dev.penstock.flink.evaluation.EvaluationOperator;
import dev.penstock.flink.evaluation.ModelVersionFeed;
import dev.penstock.flink.evaluation.ScoreOperator;
import dev.penstock.flink.evaluation.ScoredBlock;
import dev.penstock.flink.source.RawRecord;
import dev.penstock.schemas.Evaluation;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The graph that evaluates the composite models of pipelines.
 *
 * <pre>
 * records ─▶ scorer ─▶ slice evaluator ─▶ evaluations
 *              ▲
 *       model versions
 * </pre>
 *
 * @param dataset whose samples the records are
 * @param pipelines whose models are evaluated
 * @param partitions of the sample log
 * @param artifacts store of the models
 * @param feedbackDelay from a version's being finished to its being seen
 */
public record EvaluationPipeline(
    Dataset dataset, Pipelines pipelines, int partitions, URI artifacts, Duration feedbackDelay) {

  /** Attaches the graph to the records of the sample log. */
  public DataStream<Evaluation> attach(
      DataStream<RawRecord> records, ModelVersionFeed.Factory feed) {
    ScoreOperator.Settings settings =
        new ScoreOperator.Settings(dataset, pipelines, artifacts, feed, feedbackDelay);
    return records
        .transform(
            "Scorer: test samples with the active models",
            TypeInformation.of(ScoredBlock.class),
            ScoreOperator.factory(settings))
        .uid(OperatorUids.SCORER)
        .global()
        .transform(
            "Evaluator: metrics slice by slice",
            new AvroTypeInfo<>(Evaluation.class),
            EvaluationOperator.factory(dataset, pipelines, partitions))
        .uid(OperatorUids.SLICE_EVALUATOR)
        .forceNonParallel();
  }
}
