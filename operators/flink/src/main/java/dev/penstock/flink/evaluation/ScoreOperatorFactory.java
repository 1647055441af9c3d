package dev.penstock.flink.evaluation;

import dev.penstock.flink.source.RawRecord;
import java.io.Serial;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link ScoreOperator}s. */
public final class ScoreOperatorFactory extends AbstractStreamOperatorFactory<ScoredBlock>
    implements OneInputStreamOperatorFactory<RawRecord, ScoredBlock> {

  @Serial private static final long serialVersionUID = 1L;

  private final ScoreOperator.Settings settings;

  /** A factory of operators with these settings. */
  public ScoreOperatorFactory(ScoreOperator.Settings settings) {
    this.settings = settings;
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the interface leaves the operator's type to the caller
  public <T extends StreamOperator<ScoredBlock>> T createStreamOperator(
      StreamOperatorParameters<ScoredBlock> parameters) {
    return (T) new ScoreOperator(parameters, settings);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return ScoreOperator.class;
  }
}
