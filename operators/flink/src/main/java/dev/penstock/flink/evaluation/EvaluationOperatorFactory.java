package dev.penstock.flink.evaluation;

import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.schemas.Evaluation;
import java.io.Serial;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link EvaluationOperator}. */
public final class EvaluationOperatorFactory extends AbstractStreamOperatorFactory<Evaluation>
    implements OneInputStreamOperatorFactory<ScoredBlock, Evaluation> {

  @Serial private static final long serialVersionUID = 1L;

  private final Dataset dataset;
  private final Pipelines pipelines;
  private final int partitions;

  /** A factory for the samples of {@code dataset}, in so many partitions. */
  public EvaluationOperatorFactory(Dataset dataset, Pipelines pipelines, int partitions) {
    this.dataset = dataset;
    this.pipelines = pipelines;
    this.partitions = partitions;
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the interface leaves the operator's type to the caller
  public <T extends StreamOperator<Evaluation>> T createStreamOperator(
      StreamOperatorParameters<Evaluation> parameters) {
    return (T) new EvaluationOperator(parameters, dataset, pipelines, partitions);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return EvaluationOperator.class;
  }
}
