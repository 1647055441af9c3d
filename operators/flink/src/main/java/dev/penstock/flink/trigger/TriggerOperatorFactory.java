package dev.penstock.flink.trigger;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.flink.Pipelines;
import dev.penstock.schemas.Decision;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** Makes the {@link TriggerOperator}. */
public final class TriggerOperatorFactory extends AbstractStreamOperatorFactory<Decision>
    implements OneInputStreamOperatorFactory<SampleBlock, Decision> {

  @Serial private static final long serialVersionUID = 1L;

  private final Pipelines pipelines;
  private final int partitions;
  private final @Nullable Duration idleAfter;

  /**
   * A factory.
   *
   * @param pipelines whose policies are asked
   * @param partitions of the sample log
   * @param idleAfter how long a quiet partition is waited for; empty: without limit
   */
  public TriggerOperatorFactory(Pipelines pipelines, int partitions, Optional<Duration> idleAfter) {
    this.pipelines = pipelines;
    this.partitions = partitions;
    this.idleAfter = idleAfter.orElse(null);
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the interface leaves the operator's type to the caller
  public <T extends StreamOperator<Decision>> T createStreamOperator(
      StreamOperatorParameters<Decision> parameters) {
    return (T)
        new TriggerOperator(parameters, pipelines, partitions, Optional.ofNullable(idleAfter));
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return TriggerOperator.class;
  }
}
